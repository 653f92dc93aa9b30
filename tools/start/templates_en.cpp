// What `new` writes, with comments in English. templates_de.cpp says the same in German.

#include <string_view>

namespace sojourn::tools {

extern const std::string_view journey_en, what_if_en, readme_en;

const std::string_view journey_en = R"(format: sojourn/1
# A small journey to start from: replace what is here by your own, bit by bit, and let 'sojourn check' read along.
# Experience, expectation, satisfaction and severities are points from 0 to 10; durations need a unit (s, min, h, d, w).
journey: The bicycle workshop
about: From the flat tyre to the first ride.
money: EUR                                        # of every cost and value

personas:                                         # who travels: groups that feel and act alike
  commuter:
    name: Kim rides to work
    share: 3                                      # three of them to one family
    quote: I need it by tomorrow.
    expectation: 7                                # what Kim expects at first
    loss_aversion: 2                              # a disappointment weighs twice as much as a delight
    patience: {lognormal: {median: 5 d, sigma: 0.4}}     # the longest wait that Kim bears before going elsewhere
    goals: {bicycle: {importance: 3}}             # points of satisfaction lost if it is missed
  family:
    name: The Bergs and their four bicycles
    share: 1
    expectation: 6
    goals: {bicycle: {importance: 2}}

pains:                                            # what goes wrong
  late: {label: Not ready when promised, severity: 3, lasting: true}   # points off; lasting: it goes along until the end

goals:                                            # what they came for
  bicycle: {label: A bicycle that can be ridden}

start: counter

touchpoints:                                      # where customer and provider meet, in the order of the map
  counter:
    label: Hand it in
    stage: Before
    experience: {normal: {mean: 6.5, sd: 1.5}}
    duration: {lognormal: {median: 6 min, sigma: 0.6}}
    next: {repair: 0.9, elsewhere: 0.1}           # weights: nine of ten stay

  repair:
    label: Wait for the repair
    stage: Meanwhile
    experience: {normal: {mean: 6, sd: 1.5}}
    duration: {lognormal: {median: 2 d, sigma: 0.4}}
    pains: {late: {after: 3 d}}                   # by the clock; 'probability: 0.2' would be by chance
    next: {collect: 1}

  collect:
    label: Collect it
    stage: After
    moment_of_truth: true                         # counts twice
    experience: {beta: {mean: 8, sd: 1.2}}
    duration: 5 min
    cost: 20                                      # what a visit costs you
    fulfils: {bicycle: 0.97}
    next: {rides: 1}

outcomes:                                         # how it ends; whoever loses patience ends as 'abandoned'
  rides: {label: Rides home, success: true, value: 65}
  elsewhere: {label: Goes to another workshop}

targets:                                          # what should be, for reports
  nps: 20
  touchpoints.collect.satisfaction: 7.5
)";

const std::string_view what_if_en = R"(format: sojourn/1
# A what-if: changes to the journey beside it, by address. 'sojourn show journey.yaml' prints every address there is.
scenario: A second mechanic
journey: journey.yaml
because: Three days are promised, and one in six waits longer.
changes:
  - scale: touchpoints.repair.duration            # set, scale, shift, add, remove, reroute
    by: 0.7
  - shift: touchpoints.counter.experience.normal.mean
    by: 0.5
cost: {once: 1500, per_journey: 6}
)";

const std::string_view readme_en = R"(# A journey to start from

    sojourn check journey.yaml what-if.yaml       # every mistake, with its place
    sojourn run journey.yaml                      # how it goes today
    sojourn compare journey.yaml what-if.yaml     # what the what-if does
    sojourn drivers journey.yaml                  # which number moves it most
    sojourn compare journey.yaml what-if.yaml --report page.html

The numbers are made up. `sojourn schema reference` lists every field; `sojourn schema journey` is for editors.
)";

}  // namespace sojourn::tools
