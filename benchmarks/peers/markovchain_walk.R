# A walk with fixed weights by R's markovchain, which draws nothing but the way. Rscript FILE GRAPH AGENTS -> visits and seconds of CPU.
if (!suppressWarnings(suppressMessages(require(markovchain, quietly = TRUE)))) {
  message("skipped: no markovchain (apt-get install r-cran-markovchain)")
  quit(status = 1)
}
arguments <- commandArgs(TRUE)
lines <- readLines(arguments[1])[-1]
n <- length(lines)
steps <- matrix(0, n + 1, n + 1)
for (i in seq_len(n)) {
  edges <- matrix(as.numeric(strsplit(lines[i], " ")[[1]])[-(1:6)], nrow = 3)
  steps[i, edges[1, ] + 1] <- edges[2, ] / sum(edges[2, ])
}
steps[n + 1, 1] <- 1  # the next agent begins
chain <- new("markovchain", transitionMatrix = steps, states = as.character(seq_len(n + 1)))
visits <- 20 * as.integer(arguments[2])
seconds <- system.time(rmarkovchain(visits, chain, t0 = "1"))[["user.self"]]
cat(sprintf('{"visits": %d, "seconds": %.6f}\n', visits, seconds))
