#include "profile/stacks/top_functions.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "base/parallel_for.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

// Whether names match an expression, evaluated once per name.
class NameFilter {
 public:
  NameFilter(const std::optional<Regex>& regex, const StringTable& names)
      : regex_(regex), names_(names) {
    if (regex_) known_.resize(names.size(), kUnknown);
  }

  bool is_set() const { return regex_.has_value(); }

  bool MatchesAny(std::span<const StringId> frames) {
    return std::ranges::any_of(frames,
                               [this](StringId name) { return Matches(name); });
  }

 private:
  enum Known : char { kUnknown, kNo, kYes };

  bool Matches(StringId name) {
    Known& known = known_[name];
    if (known == kUnknown) {
      known = regex_->PartialMatch(names_[name]) ? kYes : kNo;
    }
    return known == kYes;
  }

  const std::optional<Regex>& regex_;
  const StringTable& names_;
  std::vector<Known> known_;
};

// Sums by name, in columns indexed by the id of the name, so that adding a
// stack needs no hash table. Functions with equal names count as one function
// even in different files, as in Pyroscope and pprof.
class Tally {
 public:
  Tally(const StringTable& names, const TopFunctionsOptions& options)
      : focus_(options.focus, names),
        ignore_(options.ignore, names),
        self_(names.size(), 0),
        totals_(names.size()) {}

  /// `frames` are those of one stack, leaf first, and not empty.
  void Add(std::span<const StringId> frames, std::int64_t value) {
    if (focus_.is_set() && !focus_.MatchesAny(frames)) return;
    if (ignore_.is_set() && ignore_.MatchesAny(frames)) return;
    kept_ = WrappingAdd(kept_, value);
    self_[frames.front()] = WrappingAdd(self_[frames.front()], value);
    // Local copies, which the compiler keeps in registers.
    const std::uint64_t number = ++stack_number_;
    Total* const totals = totals_.data();
    for (const StringId name : frames) {
      Total& total = totals[name];
      // A recursive function counts once per stack. Branch-free, as the branch
      // is unpredictable: the mask is all ones or zero.
      const auto is_new = -static_cast<std::int64_t>(total.seen_in != number);
      total.seen_in = number;
      total.value = WrappingAdd(total.value, value & is_new);
    }
  }

  void AddTo(FunctionSums& sums) const {
    sums.kept = WrappingAdd(sums.kept, kept_);
    for (StringId name = 0; name < totals_.size(); ++name) {
      if (totals_[name].seen_in == 0) continue;
      sums.on_stack[name] = true;
      sums.self[name] = WrappingAdd(sums.self[name], self_[name]);
      sums.total[name] = WrappingAdd(sums.total[name], totals_[name].value);
    }
  }

 private:
  struct Total {
    std::int64_t value = 0;
    std::uint64_t seen_in = 0;  // number of the last stack with it; 0: none
  };

  NameFilter focus_;
  NameFilter ignore_;
  std::vector<std::int64_t> self_;
  std::vector<Total> totals_;
  std::uint64_t stack_number_ = 0;
  std::int64_t kept_ = 0;
};

Result<FunctionSums> Sum(const Stacks& stacks,
                         const TopFunctionsOptions& options,
                         const CallContext& call) {
  const std::size_t parts = stacks.PartsForThreads();
  std::vector<std::unique_ptr<Tally>> tallies(parts);
  std::vector<Result<void>> ends(parts);
  PMCP_TRY_VOID(ParallelFor(parts, call, "", [&](std::size_t part) {
    auto tally = std::make_unique<Tally>(stacks.names(), options);
    ends[part] = stacks.ForEachLeafFirst(
        part, parts,
        [&](std::span<const StringId> frames, std::int64_t value) {
          tally->Add(frames, value);
        },
        call);
    tallies[part] = std::move(tally);
  }));
  for (const Result<void>& end : ends) PMCP_TRY_VOID(end);
  const std::size_t names = stacks.names().size();
  FunctionSums sums{std::vector<std::int64_t>(names),
                    std::vector<std::int64_t>(names), std::vector<bool>(names)};
  for (const auto& tally : tallies) tally->AddTo(sums);
  return sums;
}

Result<std::shared_ptr<const FunctionSums>> SumOnce(
    const Stacks& stacks, const TopFunctionsOptions& options,
    const CallContext& call, SumsMemo* memo) {
  if (options.focus || options.ignore) memo = nullptr;
  if (memo != nullptr) {
    if (auto known = memo->Find(stacks)) return known;
  }
  PMCP_TRY(sums, Sum(stacks, options, call));
  auto shared = std::make_shared<const FunctionSums>(std::move(sums));
  if (memo != nullptr) memo->Keep(stacks, shared);
  return std::shared_ptr<const FunctionSums>(std::move(shared));
}

TopFunctionsResult Rank(const FunctionSums& sums, const StringTable& names,
                        const TopFunctionsOptions& options) {
  std::vector<StringId> order;
  for (StringId name = 0; name < sums.on_stack.size(); ++name) {
    if (sums.on_stack[name]) order.push_back(name);
  }
  const auto& costs = options.order == TopOrder::kSelf ? sums.self : sums.total;
  const std::size_t count = std::min(options.limit, order.size());
  std::partial_sort(order.begin(),
                    order.begin() + static_cast<std::ptrdiff_t>(count),
                    order.end(), [&](StringId a, StringId b) {
                      if (costs[a] != costs[b]) return costs[a] > costs[b];
                      return names[a] < names[b];
                    });

  TopFunctionsResult result;
  result.function_count = order.size();
  result.kept = sums.kept;
  result.omitted_self = sums.kept;
  for (const StringId name : std::span(order).first(count)) {
    result.rows.push_back(
        {std::string(names[name]), sums.self[name], sums.total[name]});
    result.omitted_self =
        WrappingSubtract(result.omitted_self, sums.self[name]);
  }
  return result;
}

}  // namespace

Result<TopFunctionsResult> TopFunctions(const Stacks& stacks,
                                        const TopFunctionsOptions& options,
                                        const CallContext& call,
                                        SumsMemo* memo) {
  PMCP_TRY_VOID(call.Check());
  PMCP_TRY(sums, SumOnce(stacks, options, call, memo));
  TopFunctionsResult result = Rank(*sums, stacks.names(), options);
  result.total = stacks.totals().total;
  result.without_frame = stacks.totals().without_frame;
  result.whole = stacks.totals().magnitude;
  return result;
}

}  // namespace pmcp::profile
