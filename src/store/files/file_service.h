// The service of a profile file, by its name, its folder or its program. Pure.
#pragma once

#include <string>
#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// The service that the place of a file names, or "" when it names none:
///   - the first folder below the root, for example "shop" of shop/cpu.pb.gz
///   - NAME of pprof.NAME.samples.cpu.001.pb.gz, as `go tool pprof` saves files
///   - else the file's name up to the first dot.
/// Words that name a kind of profile (cpu, heap, profile, pprof, ...), dates
/// and numbers are no service: cpu.prof and profile.out name none. Then it is
/// the program of ServiceOfMapping, and without one the name of the file.
/// Valid UTF-8.
std::string ServiceOfFile(std::string_view path);

/// The program that was profiled, by pprof's convention the first mapping:
/// "engine" of /opt/bin/engine. "" when there is none. Valid UTF-8.
std::string ServiceOfMapping(const profile::Profile& profile);

}  // namespace pmcp::store
