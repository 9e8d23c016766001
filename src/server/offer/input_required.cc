#include "server/offer/input_required.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace pmcp::server {
namespace {

struct KindRow {
  InputKind kind;
  std::string_view method;
  std::string_view capability;
};
constexpr KindRow kKinds[] = {
    {InputKind::kElicitation, "elicitation/create", "elicitation"},
    {InputKind::kSampling, "sampling/createMessage", "sampling"},
    {InputKind::kRoots, "roots/list", "roots"},
};

const KindRow& RowOf(InputKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string_view MethodOf(InputKind kind) { return RowOf(kind).method; }

std::string_view CapabilityOf(InputKind kind) { return RowOf(kind).capability; }

ClientInput::ClientInput(std::shared_ptr<const nlohmann::json> responses,
                         std::optional<std::string> state)
    : responses_(std::move(responses)), state_(std::move(state)) {}

const nlohmann::json* ClientInput::Find(std::string_view key) const {
  if (responses_ == nullptr) return nullptr;
  const auto found = responses_->find(key);
  return found == responses_->end() ? nullptr : &*found;
}

}  // namespace pmcp::server
