"""The places of the journey: touchpoints and channels, and the survey's columns and codes behind them."""

from typing import NamedTuple

from segments import is_connecting, starts_here
from survey import Test, code, everyone

Channels = dict[str, tuple[str, Test]]     # channel: label, and who uses it

WAYS: Channels = {
    "dropped": ("Dropped off", code("get_to", 2)),
    "ride_app": ("Uber, Lyft", code("get_to", 5)),
    "parked": ("Drove and parked", code("get_to", 1)),
    "rental": ("Rental car", code("get_to", 9)),
    "bart": ("BART", code("get_to", 6)),
    "taxi": ("Taxi, limousine", code("get_to", 4, 12)),
    "shuttle": ("Van, hotel or airport bus", code("get_to", 7, 8, 13, 14, 15)),
}

LINES: Channels = {
    "precheck": ("TSA PreCheck", code("Q11TSAPRE", 1)),
    "regular": ("Regular line", code("Q11TSAPRE", 2)),
}

GARAGES: Channels = {
    "garage": ("Garage at the terminal", code("Q3PARK", 1, 2)),
    "long_term": ("Long-term parking", code("Q3PARK", 3)),
    "off_airport": ("Off-airport parking", code("Q3PARK", 4)),
}

TO_KERB = code("get_to", 2, 4, 5, 7, 8, 12, 13, 14, 15)
BY_AIRTRAIN = code("get_to", 6, 9)


def one_of(channels: Channels, who: Test = everyone) -> Test:
    """Passengers for whom it is known which of these channels they used."""
    return lambda row: who(row) and any(test(row) for _, test in channels.values())


class Place(NamedTuple):
    """A touchpoint: its texts, the rating that stands for it, and who among the raters counts."""

    label: str
    stage: str
    column: str
    who: Test
    whose: str


PLACES: dict[str, Place] = {
    "way": Place("Way to the airport", "Getting there", "getting_to", starts_here, ""),
    "transfer": Place("Incoming flight", "Getting there", "getting_to", is_connecting, "who connect"),
    "roads": Place("Airport roads and kerb", "Getting there", "r_roads", TO_KERB, "brought to the kerb"),
    "parking": Place("Parking", "Getting there", "r_park", code("get_to", 1), "who parked today"),
    "parking_bus": Place("Bus from the car park", "Getting there", "r_ltparking", code("Q3PARK", 3, 4),
                         "from distant car parks"),
    "rental": Place("Rental car return", "Getting there", "r_rental", code("get_to", 9), "with a rental car"),
    "airtrain": Place("AirTrain", "Getting there", "r_airtrain", BY_AIRTRAIN, "by rental car or BART"),
    "signs": Place("Signs in the terminal", "Departure hall", "r_sign", everyone, ""),
    "check_in": Place("Check-in", "Departure hall", "r_all", starts_here, "who start here"),
    "bags": Place("Bag drop", "Departure hall", "r_all", code("checked_bags", 1), "who checked a bag"),
    "find_way": Place("Finding the way", "Departure hall", "find_way", everyone, ""),
    "info_desk": Place("Information booth", "Departure hall", "r_infoup", everyone, ""),
    "security": Place("Security", "Security", "security", everyone, ""),
    "restroom": Place("Restroom", "Concourse", "c_restroom", everyone, ""),
    "concourse": Place("Concourse and screens", "Concourse", "r_screens", everyone, ""),
    "food": Place("Restaurant or café", "Concourse", "r_food", code("bought_food", 1), "who bought food today"),
    "store": Place("Shop", "Concourse", "r_store", code("bought_store", 1), "who bought something today"),
    "wifi": Place("Wi-Fi", "Concourse", "r_wifi", code("used_wifi", 1), "who used it today"),
    "walkways": Place("Walkways and escalators", "To the gate", "r_walkways", everyone, ""),
    "art": Place("Art and exhibitions", "To the gate", "r_art", everyone, ""),
    "gate": Place("Boarding area", "To the gate", "c_boarding", everyone, ""),
    "delay": Place("Waiting out a delay", "To the gate", "r_all", everyone, ""),
}
# Stand-ins: the touchpoint itself was not rated, the overall rating is the best guess.
STAND_INS = ("check_in", "bags", "delay")

# What nearly everybody rated; their mean is a passenger's satisfaction with the journey.
CORE = ("way", "signs", "find_way", "security", "restroom", "concourse", "food", "store", "wifi",
        "walkways", "art", "gate")
