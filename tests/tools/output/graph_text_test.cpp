#include "tools/output/graph_text.h"

#include "models/journey/read.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::tools {
namespace {

models::Journey journey(const std::string& label = "Ask") {
  const std::string text = R"(journey: "A \"shop\" & more"
personas: {anna: {}}
goals: {shoes: {}}
pains: {late: {severity: 1, lasting: true}}
start: ask
touchpoints:
  ask:
    label: )" + label + R"(
    stage: In
    moment_of_truth: true
    experience: 7
    next: {ask: 1, pick-up: {weight: 3, mood: -0.4, unless: {pain: late}}}
  pick-up:
    experience: 7
    channels:
      web: {}
      desk: {next: {done: 1, gone: 1}}
    next: {done: 1}
outcomes: {done: {success: true}, gone: {}}
)";
  const auto source = std::make_shared<const models::SourceText>(models::SourceText{"test.yaml", text});
  return models::typed_journey(models::read_journey(source).tree);
}

TEST(Dot, draws_stages_marks_and_probabilities) {
  EXPECT_EQ(dot(journey()),
            R"dot(digraph journey {
  label="A \"shop\" & more";
  labelloc=t;
  rankdir=LR;
  node [fontname="sans-serif", fontsize=11];
  edge [fontname="sans-serif", fontsize=9];
  "start_start" [label="Start", shape=circle, style=filled, fillcolor="#d6d7d4"];
  "n_pick-up" [label="pick-up", shape=box, style=rounded];
  "n_done" [label="done", shape=box, style="filled", fillcolor="#98cdc5"];
  "n_gone" [label="gone", shape=box, style="filled", fillcolor="#f0b983"];
  subgraph cluster_0 {
    label="In";
    color="#c8c9c4";
    "n_ask" [label="★ Ask", shape=box, style="rounded,bold"];
  }
  "start_start" -> "n_ask" [label=""];
  "n_ask" -> "n_ask" [label="25 %"];
  "n_ask" -> "n_pick-up" [label="75 %, mood -0.4, unless late"];
  "n_pick-up" -> "n_done" [label="web: 100 %"];
  "n_pick-up" -> "n_done" [label="desk: 50 %"];
  "n_pick-up" -> "n_gone" [label="desk: 50 %"];
}
)dot");
}

TEST(Dot, hostile_labels_stay_inside_their_quotes) {
  const std::string text = dot(journey("\"\\\"]; evil [label=\\\"\\\\\\n\""));
  EXPECT_NE(text.find("[label=\"★ \\\"]; evil [label=\\\"\\\\\\\\n\","), std::string::npos) << text;
}

TEST(Graphml, is_escaped_and_typed) {
  const std::string text = graphml(journey("\"<b>&'\\\"\""));
  EXPECT_NE(text.find("<data key=\"label\">&lt;b&gt;&amp;&apos;&quot;</data>"), std::string::npos) << text;
  EXPECT_NE(text.find("<graph id=\"A &quot;shop&quot; &amp; more\" edgedefault=\"directed\">"), std::string::npos);
  EXPECT_NE(text.find("<data key=\"probability\">0.5</data>"), std::string::npos);
  EXPECT_NE(text.find("<data key=\"edge_label\">75 %, mood -0.4, unless late</data>\n    </edge>"), std::string::npos)
      << "no fixed probability where mood or guards decide";
}

TEST(Mermaid, draws_stages_and_takes_no_markup_from_labels) {
  EXPECT_EQ(mermaid(journey("\"<b>\\\"#\"")),
            R"mermaid(flowchart LR
  n0_start(("Start"))
  n2_pick_up["pick-up"]
  n3_done(["done"])
  n4_gone(["gone"])
  subgraph stage_0 ["In"]
    n1_ask[["★ #60;b#62;#34;#35;"]]
  end
  n0_start --> n1_ask
  n1_ask -->|"25 %"| n1_ask
  n1_ask -->|"75 %, mood -0.4, unless late"| n2_pick_up
  n2_pick_up -->|"web: 100 %"| n3_done
  n2_pick_up -->|"desk: 50 %"| n3_done
  n2_pick_up -->|"desk: 50 %"| n4_gone
)mermaid");
}

}  // namespace
}  // namespace sojourn::tools
