"""Everything that the survey does not say, with the reason for the value."""

from typing import Any, NamedTuple


class Assumed(NamedTuple):
    """A value that is not from the data, and why it was chosen."""

    value: Any
    reason: str


# Durations: median and sigma of a lognormal; nobody asked passengers how long a step took.
DURATIONS: dict[str, Assumed] = {
    "way.dropped":   Assumed(("40 min", 0.3), "Bay Area drive; sigma 0.3: one in ten takes 59 min, or sets off late"),
    "way.ride_app":  Assumed(("40 min", 0.3), "as being dropped off, with the wait for the car"),
    "way.parked":    Assumed(("45 min", 0.3), "who parks comes from farther away"),
    "way.rental":    Assumed(("45 min", 0.3), "with the stop for petrol"),
    "way.bart":      Assumed(("45 min", 0.2), "30 min from downtown by train and a walk; trains vary less"),
    "way.taxi":      Assumed(("30 min", 0.3), "mostly from hotels downtown"),
    "way.shuttle":   Assumed(("40 min", 0.3), "vans and hotel buses stop on the way"),
    "transfer":      Assumed(("20 min", 0.5), "from landing to the head of the jet bridge and out"),
    "roads":         Assumed(("4 min", 0.5), "the loop road and unloading"),
    "parking":       Assumed(("8 min", 0.5), "ramp, space, walk"),
    "parking_bus":   Assumed(("12 min", 0.4), "a bus every ten minutes"),
    "rental":        Assumed(("10 min", 0.5), "handing the car back"),
    "airtrain":      Assumed(("7 min", 0.3), "a train every four minutes, then the ride"),
    "signs":         Assumed(("2 min", 0.5), "looking up and around"),
    "check_in.online": Assumed(("1 min", 0.5), "a last look at the telephone"),
    "check_in.kiosk":  Assumed(("4 min", 0.5), "one machine, no clerk"),
    "check_in.desk":   Assumed(("12 min", 0.6), "a queue and a clerk"),
    "bags":          Assumed(("6 min", 0.6), "a queue and a belt"),
    "find_way":      Assumed(("4 min", 0.5), "the walk through the hall"),
    "info_desk":     Assumed(("3 min", 0.5), "one question"),
    "security.precheck": Assumed(("5 min", 0.5), "TSA: most PreCheck passengers wait less than five minutes"),
    "security.regular":  Assumed(("15 min", 0.5), "order of magnitude of published waits at large US airports"),
    "restroom":      Assumed(("4 min", 0.4), "no more than that"),
    "concourse":     Assumed(("3 min", 0.5), "a glance at the screens, a decision"),
    "food":          Assumed(("20 min", 0.5), "counter or table"),
    "store":         Assumed(("10 min", 0.5), "a round through the shop"),
    "wifi":          Assumed(("15 min", 0.6), "log on, mail"),
    "walkways":      Assumed(("6 min", 0.4), "the length of a pier"),
    "art":           Assumed(("3 min", 0.6), "a look in passing"),
    "gate":          Assumed(("15 min", 0.3), "boarding itself; what is left until then is not simulated"),
    "delay":         Assumed(("90 min", 0.8), "half of what is called a delay is longer than one and a half hours"),
}

ASSUMED: dict[str, Assumed] = {
    "learning": Assumed(0.2, "adaptive expectations, usual range 0.1 to 0.3"),
    "loss_aversion": Assumed(2, "a shortfall weighs double (meta-analysis 1.96, Brown et al. 2024)"),
    "patience.business": Assumed(("4 h", 0.3), "rebooks sooner than others; only a long delay outlasts it"),
    "patience.others": Assumed(("6 h", 0.3), "only a long delay outlasts it"),
    "in_time": Assumed(2, "whoever misses the flight was not asked; two points are a whole class of answers"),
    "check_in": Assumed({"online": 0.45, "kiosk": 0.3, "desk": 0.25},
                        "not asked; about what airlines reported at the time"),
    "check_in.business": Assumed(1.5, "business travellers check in online more often"),
    "way_planned": Assumed(40, "minutes that passengers plan for the way"),
    "gate_closes": Assumed(25, "minutes from security to a gate that closes 15 minutes before departure"),
    "rush": Assumed(30, "minutes before that point from which on people hurry"),
    "rushed": Assumed(1, "severity: hurrying takes a point off the moment"),
    "too_late": Assumed(4, "severity: the flight is gone"),
    "too_late.lingering": Assumed(1, "on top of the missed goal"),
    "value.boards": Assumed(17, "airport income per boarding passenger, order of the airlines' cost per enplanement"),
    "income.food": Assumed(1.5, "rent from a 12 dollar sale"),
    "income.store": Assumed(2.5, "rent from a 15 dollar sale"),
    "income.parking": Assumed(25, "a stay in the airport's own car parks"),
}


def assumed(name: str) -> Any:
    return ASSUMED[name].value


def lognormal(name: str) -> dict[str, Any]:
    """A duration as the journey writes it."""
    median, sigma = DURATIONS[name].value
    return {"lognormal": {"median": median, "sigma": sigma}}
