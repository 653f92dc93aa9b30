"""What `sojourn calibrate` may move in the journey, and what is known of it before the answers."""

from answer import Answer, Asked
from book import Book, Tree

BIAS_SD = 0.5           # points of satisfaction: far more than personas were ever seen to differ by
THRESHOLD_SD = 1        # around k + 1/2, where an answer means its own number


def write_calibrate(book: Book, answer: Answer, asked: Asked) -> None:
    """Thresholds and biases vaguely; the spread from the regression that fitted it, for histograms hardly tell it."""
    parameters: Tree = {}
    for persona in list(answer.biases)[1:]:
        parameters[f"personas.{persona}.recommendation.bias"] = {"prior": {"normal": {"mean": 0, "sd": BIAS_SD}}}
    error = round(answer.spread * asked.slope_error / asked.slope, 2)
    parameters["recommendation.spread"] = {"prior": {"normal": {"mean": round(answer.spread, 2), "sd": error}}}
    book.note("calibrate.parameters.recommendation.spread", f"NPS per point: {asked.slope:.1f} +- {asked.slope_error:.1f}")
    for k in range(len(answer.thresholds)):
        parameters[f"recommendation.thresholds.{k}"] = {"prior": {"normal": {"mean": k + 0.5, "sd": THRESHOLD_SD}}}
    book.tree["calibrate"] = {"parameters": parameters}
