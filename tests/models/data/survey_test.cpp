#include "models/data/survey.h"
#include "tests/models/data/written_file.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

using tests::WrittenFile;

struct ReadSurvey {
  SurveyShape shape;
  std::string text;  // an answer a line
  std::string rejects;
};

ReadSurvey read(const std::string& text, const Mapping& mapping = {}) {
  const WrittenFile file("survey.csv", text);
  ReadSurvey result;
  Rejects rejects([&](const Reject& one) { result.rejects += std::to_string(one.line) + " " + one.reason + "\n"; });
  result.shape = read_answers(file.path(), mapping, rejects, [&](const Answer& answer) {
    result.text += (answer.score ? std::to_string(*answer.score) : "-");
    for (const std::string_view part : {answer.persona, answer.touchpoint, answer.period, answer.case_id}) {
      result.text += "|" + std::string(part);
    }
    result.text += "|" + std::to_string(answer.weight).substr(0, 4);
    for (const Rating& one : answer.ratings) {
      result.text += one.kind == Rating::Kind::rated        ? " " + std::to_string(one.value).substr(0, 3)
                     : one.kind == Rating::Kind::never_used ? " never"
                                                            : " blank";
    }
    result.text += "\n";
  });
  return result;
}

std::string refusal(const std::string& text, const Mapping& mapping = {}) {
  try {
    read(text, mapping);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Survey, generic_tables_need_no_mapping) {
  const ReadSurvey r = read("NPS;Segment;touchpoint;wave;weight;case_id\n9;young;desk;2023;1,5;7\n;;;;;\n10;;;;;\n");
  EXPECT_EQ(r.text,
            "9|young|desk|2023|7|1.50\n10||||"
            "|1.00\n");
  EXPECT_EQ(r.shape.decimal, ',');
  EXPECT_EQ(r.shape.form, SurveyShape::Form::plain);
  EXPECT_TRUE(r.rejects.empty()) << r.rejects;
}

TEST(Survey, codes_for_blank_and_never_used) {
  Mapping mapping;
  mapping.survey = {{"score", "NETPRO"}};
  mapping.ratings = {{"security", "Q14"}, {"food", "Q7FOOD"}};
  mapping.blank = {"11"};
  mapping.blank_ratings = {"0"};
  mapping.never_used = {"6"};
  const ReadSurvey r = read("NETPRO  ,Q14,Q7FOOD\n11,5,6\n8,,2.5\n0,0,1\n", mapping);
  EXPECT_EQ(r.text, "-|||||1.00 5.0 never\n8|||||1.00 blank 2.5\n0|||||1.00 blank 1.0\n");
  EXPECT_EQ(r.shape.ratings, (std::vector<std::string>{"security", "food"}));
}

TEST(Survey, bad_rows_are_told) {
  const ReadSurvey r = read("score,weight\n11,1\n9.5,1\nhigh,1\n9,-1\n9,x\n9\n9,2\n");
  EXPECT_EQ(r.text, "9|||||2.00\n");
  EXPECT_EQ(r.rejects,
            "2 the score '11' is no whole number from 0 to 10\n3 the score '9.5' is no whole number from 0 to 10\n"
            "4 the score 'high' is no whole number from 0 to 10\n5 the weight '-1' is no number from 0 on\n"
            "6 the weight 'x' is no number from 0 on\n7 this row has 1 cells and the header 2\n");
}

TEST(Survey, qualtrics_has_three_header_rows_and_its_groups_are_not_trusted) {
  const std::string text =
      "StartDate,Q1_NPS_GROUP,Q1,RecipientEmail,Segment\n"
      "Start Date,\"How likely, - Group\",\"How likely\n are you?\",Recipient Email,Segment\n"
      "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"g\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",x,"
      "y\n"
      "2023-01-01,Detractor,10,a@b.c,young\n2023-01-01,Promoter,3,a@b.c,old\n";
  const ReadSurvey r = read(text);
  EXPECT_EQ(r.shape.form, SurveyShape::Form::qualtrics);
  EXPECT_EQ(r.text, "10|young||||1.00\n3|old||||1.00\n");
  Mapping groups;
  groups.survey = {{"score", "Q1_NPS_GROUP"}};
  EXPECT_NE(refusal(text, groups).find("groups are made from the scores, never read"), std::string::npos);
  Mapping personal;
  personal.survey = {{"persona", "RecipientEmail"}};
  EXPECT_NE(refusal(text, personal).find("looks like personal data"), std::string::npos);
}

TEST(Survey, surveymonkey_has_two_header_rows) {
  Mapping mapping;
  mapping.survey = {{"score", "How likely?"}};
  mapping.ratings = {{"desk", "How was it?: The desk"}};
  const ReadSurvey r = read(
      "Respondent ID,How likely?,How was it?,,Anything else?\n,Response,The desk,The lift,Open-Ended Response\n"
      "7,9,4,3,no\n",
      mapping);
  EXPECT_EQ(r.shape.form, SurveyShape::Form::surveymonkey);
  EXPECT_EQ(r.text, "9||||7|1.00 4.0\n");
}

TEST(Survey, a_missing_score_is_told_with_the_columns) {
  const std::string text = refusal("scor,segment\n1,x\n");
  EXPECT_NE(text.find("no column for the score is found"), std::string::npos) << text;
  EXPECT_NE(text.find("Is it 'scor'?"), std::string::npos) << text;
}

TEST(Survey, histograms_among_observations) {
  const WrittenFile file("o.csv",
                         "address,n,mean,0,1,2,3,4,5,6,7,8,9,10\n"
                         "touchpoints.gate.experience,30,7.5,,,,,,,,,,,\n"
                         "personas.mia.nps,,,1,0,0,0,0,0,0,0,2.5,0,3\n"
                         "nps,,,0,0,0,0,0,0,0,0,0,0,4\n");
  const std::vector<AnswerCounts> list = read_histograms(file.path(), {});
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].persona, "mia");
  EXPECT_EQ(list[0].count[8], 2.5);
  EXPECT_EQ(list[1].persona, "");
  EXPECT_EQ(list[1].count[10], 4);
  const WrittenFile other("p.csv",
                          "address,0,1,2,3,4,5,6,7,8,9,10\ntouchpoints.gate.satisfaction,1,0,0,0,0,0,0,0,2,0,3\n");
  EXPECT_THROW(read_histograms(other.path(), {}), InputError) << "another question";
}

TEST(Survey, histograms) {
  const WrittenFile file(
      "h.csv", "persona,touchpoint,n0,n1,n2,n3,n4,n5,n6,n7,n8,n9,n10\nmia,,1,,,,,,,,,2,3.5\nbob,,,,,,,,,,,,1\n");
  const std::vector<AnswerCounts> list = read_histograms(file.path(), {});
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].persona, "mia");
  EXPECT_EQ(list[0].count, (std::array<double, 11>{1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3.5}));
  const WrittenFile bad("b.csv", "persona,0,1,2,3,4,5,6,7,8,9\nmia,1,1,1,1,1,1,1,1,1,1\n");
  EXPECT_THROW(read_histograms(bad.path(), {}), InputError);
  const WrittenFile twice("c.csv", "0,1,2,3,4,5,6,7,8,9,10\n1,1,1,1,1,1,1,1,1,1,1\n1,1,1,1,1,1,1,1,1,1,-1\n");
  try {
    read_histograms(twice.path(), {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().error_count(), 2U) << error.what();
  }
}

TEST(Survey, the_airport) {
  SOJOURN_DATA_OR_SKIP(data);
  Mapping mapping;
  mapping.survey = {{"score", "NETPRO"}, {"weight", "WEIGHT"}};
  mapping.ratings = {{"find_way", "Q14FIND"}};
  mapping.blank = {"11"};
  mapping.blank_ratings = {"0"};
  mapping.never_used = {"6"};
  Rejects rejects;
  std::size_t answered = 0, promoters = 0, detractors = 0;
  read_answers((data / "airport_survey_2017_raw.csv").string(), mapping, rejects, [&](const Answer& answer) {
    if (!answer.score) return;
    ++answered;
    promoters += *answer.score >= 9;
    detractors += *answer.score <= 6;
  });
  EXPECT_EQ(rejects.rows(), 2831U);
  EXPECT_EQ(rejects.rejected(), 0U);
  EXPECT_EQ(answered, 2746U);
  EXPECT_NEAR(
      100.0 * (static_cast<double>(promoters) - static_cast<double>(detractors)) / static_cast<double>(answered), 39.84,
      0.005);
}

}  // namespace
}  // namespace sojourn::models
