// bare_rank FILE: prints the 20 functions with the largest self values of a
// gzipped pprof file, with as little work as possible: read, inflate, parse the
// fields, count. One thread; no checks beyond protozero's, no labels, no
// normalisation. A baseline of script/bench.
#include <libdeflate.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "profile/pprof/pprof_fields.h"
#include "tests/bench/bare_file.h"

namespace {

namespace fields = pmcp::profile::pprof_fields;
using protozero::pbf_reader;

template <typename Field>
bool Is(const pbf_reader& message, Field field) {
  return message.tag() == static_cast<std::uint32_t>(field);
}

struct Cost {
  std::int64_t self = 0;
  std::int64_t total = 0;
  std::uint64_t seen_in = 0;
};

// Assumes that ids are indices, as nearly all writers do.
class Ranking {
 public:
  explicit Ranking(std::string_view message) : message_(message) {
    ReadStrings();
    ReadFunctions();
    ReadLocations();
    costs_.resize(strings_.size());
    ReadSamples();
  }

  void Print() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < costs_.size(); ++i) {
      if (costs_[i].seen_in != 0) order.push_back(i);
    }
    const auto end = order.begin() + std::min<std::ptrdiff_t>(20, order.size());
    std::partial_sort(order.begin(), end, order.end(), [&](auto a, auto b) {
      return costs_[a].self > costs_[b].self;
    });
    for (auto i = order.begin(); i != end; ++i) {
      std::printf("%14lld %14lld %.*s\n",
                  static_cast<long long>(costs_[*i].self),
                  static_cast<long long>(costs_[*i].total),
                  static_cast<int>(strings_[*i].size()), strings_[*i].data());
    }
  }

 private:
  template <typename Visit>
  void ForEach(fields::Profile field, Visit visit) {
    pbf_reader message(message_.data(), message_.size());
    while (message.next(static_cast<std::uint32_t>(field))) {
      visit(message.get_message());
    }
  }

  void ReadStrings() {
    ForEach(fields::Profile::kStringTable, [&](const pbf_reader& text) {
      strings_.emplace_back(text.data().data(), text.data().size());
    });
    std::unordered_map<std::string_view, std::uint32_t> first;
    first.reserve(strings_.size());
    for (std::uint32_t i = 0; i < strings_.size(); ++i) {
      same_as_.push_back(first.try_emplace(strings_[i], i).first->second);
    }
  }

  void ReadFunctions() {
    ForEach(fields::Profile::kFunction, [&](pbf_reader function) {
      std::uint64_t id = 0;
      std::uint64_t name = 0;
      while (function.next()) {
        if (Is(function, fields::Function::kId)) {
          id = function.get_uint64();
        } else if (Is(function, fields::Function::kName)) {
          name = function.get_uint64();
        } else {
          function.skip();
        }
      }
      if (names_.size() <= id) names_.resize(id + 1);
      names_[id] = same_as_.at(name);
    });
  }

  void ReadLocations() {
    ForEach(fields::Profile::kLocation, [&](pbf_reader location) {
      std::uint64_t id = 0;
      const auto first = static_cast<std::uint32_t>(frames_.size());
      while (location.next()) {
        if (Is(location, fields::Location::kId)) {
          id = location.get_uint64();
        } else if (Is(location, fields::Location::kLine)) {
          ReadLine(location.get_message());
        } else {
          location.skip();
        }
      }
      if (locations_.size() <= id) locations_.resize(id + 1);
      locations_[id] = {first, static_cast<std::uint32_t>(frames_.size())};
    });
  }

  void ReadLine(pbf_reader line) {
    while (line.next()) {
      if (Is(line, fields::Line::kFunctionId)) {
        frames_.push_back(names_.at(line.get_uint64()));
      } else {
        line.skip();
      }
    }
  }

  void ReadSamples() {
    std::uint64_t number = 0;
    ForEach(fields::Profile::kSample, [&](pbf_reader sample) {
      protozero::iterator_range<pbf_reader::const_uint64_iterator> stack;
      std::int64_t value = 0;
      while (sample.next()) {
        if (Is(sample, fields::Sample::kLocationId)) {
          stack = sample.get_packed_uint64();
        } else if (Is(sample, fields::Sample::kValue)) {
          for (const std::int64_t v : sample.get_packed_int64()) value = v;
        } else {
          sample.skip();
        }
      }
      bool is_leaf = true;
      ++number;
      for (const std::uint64_t id : stack) {
        const auto [begin, end] = locations_.at(id);
        for (std::uint32_t i = begin; i < end; ++i) {
          Cost& cost = costs_[frames_[i]];
          if (is_leaf) cost.self += value;
          is_leaf = false;
          if (cost.seen_in != number) cost.total += value;
          cost.seen_in = number;
        }
      }
    });
  }

  std::string_view message_;
  std::vector<std::string_view> strings_;
  std::vector<std::uint32_t> same_as_;  // the first string of that text
  std::vector<std::uint32_t> names_;    // of functions, by id
  std::vector<std::uint32_t> frames_;   // names, by line
  std::vector<std::pair<std::uint32_t, std::uint32_t>> locations_;  // by id
  std::vector<Cost> costs_;                                         // by name
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bare_rank FILE\n");
    return 2;
  }
  pmcp::test::BareFile file;
  Ranking(file.Inflate(argv[1])).Print();
  return 0;
}
