#include "pyroscope/wire/wire_stacks.h"

#include <fmt/core.h>

#include <protozero/pbf_reader.hpp>
#include <utility>

#include "profile/pprof/pprof_decode.h"
#include "pyroscope/wire/wire_reader.h"
#include "pyroscope/wire/wire_tree.h"

namespace pmcp::pyroscope {
namespace {

using profile::Profile;
using profile::StackTree;
using protozero::pbf_reader;

/// An empty message is an empty profile, although it lacks the string "" that
/// every string table begins with.
Result<Profile> DecodeAnsweredProfile(std::string_view endpoint,
                                      std::string_view message) {
  if (message.empty()) return Profile();
  auto profile = profile::DecodePprof(
      message, {.inflated_bytes = message.size(),
                .decoded_bytes = WireLimits().memory_bytes});
  if (profile.ok()) return profile;
  const bool too_large = profile.error().kind == ErrorKind::kTooLarge;
  return Error{too_large ? ErrorKind::kTooLarge : ErrorKind::kBadResponse,
               fmt::format("the profile that {} answered {}", endpoint,
                           profile.error().message),
               too_large ? "Ask for a shorter window, or narrow the selector."
                         : "Check that the URL is Pyroscope's and that no "
                           "proxy in between changes responses."};
}

}  // namespace

Result<StackTree> DecodeStacktraces(std::string_view endpoint,
                                    std::string_view message,
                                    const WireLimits& limits) {
  std::optional<StackTree> tree;
  std::optional<pbf_reader> flamegraph;
  PMCP_TRY_VOID(ReadAnswer(
      endpoint,
      [&](WireReader& reader) {
        pbf_reader fields(message.data(), message.size());
        while (reader.Next(fields)) {
          switch (fields.tag()) {
            case 1:
              flamegraph = reader.Message(fields, "flamegraph");
              break;
            case 2:
              tree = ReadTree(reader.Bytes(fields, "tree"), reader);
              break;
            default:
              fields.skip();
          }
        }
        if (!tree && flamegraph) tree = ReadFlamegraph(*flamegraph, reader);
      },
      limits));
  return tree ? *std::move(tree) : StackTree();
}

Result<std::optional<Profile>> DecodePprofAnswer(std::string_view message) {
  constexpr std::string_view kEndpoint = "SelectMergeStacktraces";
  std::optional<std::string_view> bytes;
  PMCP_TRY_VOID(ReadAnswer(kEndpoint, [&](WireReader& reader) {
    pbf_reader fields(message.data(), message.size());
    while (reader.Next(fields)) {
      if (fields.tag() != 5) {
        fields.skip();
        continue;
      }
      bytes = std::string_view();
      pbf_reader pprof = reader.Message(fields, "pprof");
      while (reader.Next(pprof)) {
        if (pprof.tag() == 1) {
          bytes = reader.Bytes(pprof, "pprof.profile");
        } else {
          pprof.skip();
        }
      }
    }
  }));
  if (!bytes) return std::optional<Profile>();
  PMCP_TRY(profile, DecodeAnsweredProfile(kEndpoint, *bytes));
  return std::optional(std::move(profile));
}

Result<Profile> DecodeMergeProfile(std::string_view message) {
  return DecodeAnsweredProfile("SelectMergeProfile", message);
}

}  // namespace pmcp::pyroscope
