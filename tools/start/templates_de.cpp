// What `new --lang de` writes: templates_en.cpp with its comments and names in German.

#include <string_view>

namespace sojourn::tools {

extern const std::string_view journey_de, what_if_de, readme_de;

const std::string_view journey_de = R"(format: sojourn/1
# Eine kleine Reise für den Anfang: Ersetzen Sie Stück für Stück, was hier steht, und lassen Sie 'sojourn check' mitlesen.
# Erlebnis, Erwartung, Zufriedenheit und Schwere sind Punkte von 0 bis 10; Dauern brauchen eine Einheit (s, min, h, d, w).
# Die Wörter der Datei sind englisch und Zahlen haben einen Punkt: 6.5.
journey: Die Fahrradwerkstatt
about: Vom platten Reifen bis zur ersten Fahrt.
money: EUR                                        # Währung aller Kosten und Werte

personas:                                         # wer reist: Gruppen, die gleich fühlen und handeln
  commuter:
    name: Kim fährt zur Arbeit
    share: 3                                      # drei davon auf eine Familie
    quote: Ich brauche es bis morgen.
    expectation: 7                                # was Kim zuerst erwartet
    loss_aversion: 2                              # eine Enttäuschung wiegt doppelt so schwer wie eine Freude
    patience: {lognormal: {median: 5 d, sigma: 0.4}}     # wie lange Kim höchstens wartet, ehe es woanders hingeht
    goals: {bicycle: {importance: 3}}             # Punkte Zufriedenheit, die es kostet, das Ziel zu verfehlen
  family:
    name: Die Bergs und ihre vier Räder
    share: 1
    expectation: 6
    goals: {bicycle: {importance: 2}}

pains:                                            # was schiefgeht
  late: {label: Nicht zur versprochenen Zeit fertig, severity: 3, lasting: true}   # Punkte Abzug; lasting: bleibt bis zum Ende

goals:                                            # wozu sie kommen
  bicycle: {label: Ein fahrbereites Rad}

start: counter

touchpoints:                                      # wo sich Kunde und Anbieter begegnen, in der Ordnung der Karte
  counter:
    label: Abgeben
    stage: Vorher
    experience: {normal: {mean: 6.5, sd: 1.5}}
    duration: {lognormal: {median: 6 min, sigma: 0.6}}
    next: {repair: 0.9, elsewhere: 0.1}           # Gewichte: neun von zehn bleiben

  repair:
    label: Auf die Reparatur warten
    stage: Währenddessen
    experience: {normal: {mean: 6, sd: 1.5}}
    duration: {lognormal: {median: 2 d, sigma: 0.4}}
    pains: {late: {after: 3 d}}                   # nach der Uhr; 'probability: 0.2' wäre durch Zufall
    next: {collect: 1}

  collect:
    label: Abholen
    stage: Nachher
    moment_of_truth: true                         # zählt doppelt
    experience: {beta: {mean: 8, sd: 1.2}}
    duration: 5 min
    cost: 20                                      # was Sie ein Besuch kostet
    fulfils: {bicycle: 0.97}
    next: {rides: 1}

outcomes:                                         # wie es endet; wem die Geduld ausgeht, der endet als 'abandoned'
  rides: {label: Fährt nach Hause, success: true, value: 65}
  elsewhere: {label: Geht zu einer anderen Werkstatt}

targets:                                          # was sein soll, für Berichte
  nps: 20
  touchpoints.collect.satisfaction: 7.5
)";

const std::string_view what_if_de = R"(format: sojourn/1
# Ein Was-wäre-wenn: Änderungen an der Reise daneben, nach Adresse. 'sojourn show journey.yaml' zeigt alle Adressen.
scenario: Ein zweiter Mechaniker
journey: journey.yaml
because: Drei Tage sind versprochen, und einer von sechs wartet länger.
changes:
  - scale: touchpoints.repair.duration            # set, scale, shift, add, remove, reroute
    by: 0.7
  - shift: touchpoints.counter.experience.normal.mean
    by: 0.5
cost: {once: 1500, per_journey: 6}
)";

const std::string_view readme_de = R"(# Eine Reise für den Anfang

    sojourn check journey.yaml what-if.yaml --lang de      # jeder Fehler mit seinem Ort
    sojourn run journey.yaml --lang de                     # wie es heute geht
    sojourn compare journey.yaml what-if.yaml --lang de    # was das Was-wäre-wenn bewirkt
    sojourn drivers journey.yaml --lang de                 # welche Zahl am meisten bewegt
    sojourn compare journey.yaml what-if.yaml --lang de --report seite.html

Die Zahlen sind erfunden. `sojourn schema reference` listet alle Felder (englisch); `sojourn schema journey` ist für Editoren.
)";

}  // namespace sojourn::tools
