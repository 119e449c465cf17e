// Work on many like things, shared out among threads. It knows nothing of the things.
#pragma once

#include <algorithm>
#include <atomic>
#include <future>
#include <vector>

namespace validator {

// Calls worker(from, to) for every share of `total`; each thread makes its own worker by `make()`. The first share
// begins in the calling thread, so that one job needs no thread at all.
template <class Make>
void work_through(std::size_t total, std::size_t share, unsigned jobs, Make make) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    auto worker = make();
    for (std::size_t from = next.fetch_add(share); from < total; from = next.fetch_add(share))
      worker(from, std::min(total, from + share));
  };
  const std::size_t useful = std::min<std::size_t>(std::max(1U, jobs), (total + share - 1) / share);
  std::vector<std::future<void>> others;  // what one of them throws comes out here
  for (std::size_t i = 1; i < useful; ++i) others.push_back(std::async(std::launch::async, run));
  run();
  for (auto& other : others) other.get();
}

}  // namespace validator
