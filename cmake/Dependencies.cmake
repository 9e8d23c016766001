# Everything comes from the distribution's packages. Each missing one is named
# with its Debian package, so that the way on is one apt-get line.
function(pmcp_missing what package)
  message(FATAL_ERROR
    "${what} was not found on ${PMCP_DISTRIBUTION}. "
    "On Debian or Ubuntu: apt-get install ${package}\n"
    "script/setup installs everything that this project needs.\n"
    "${PMCP_SUPPORTED}")
endfunction()

macro(pmcp_find_package name version package)
  find_package(${name} ${version} QUIET ${ARGN})
  if(NOT ${name}_FOUND)
    string(STRIP "${name} ${version}" what)
    if(NOT "${version}" STREQUAL "" AND ${name}_CONSIDERED_VERSIONS)
      string(APPEND what " or newer (${${name}_CONSIDERED_VERSIONS} is there)")
    endif()
    pmcp_missing("${what}" ${package})
  endif()
endmacro()

macro(pmcp_find_pkgconfig prefix module package)
  pkg_check_modules(${prefix} QUIET IMPORTED_TARGET ${module})
  if(NOT ${prefix}_FOUND)
    pmcp_missing(${module} ${package})
  endif()
endmacro()

pmcp_find_package(Threads "" libc6-dev)
pmcp_find_package(PkgConfig "" pkg-config)
pmcp_find_package(nlohmann_json 3.11 nlohmann-json3-dev CONFIG)
pmcp_find_package(fmt 9 libfmt-dev CONFIG)
pmcp_find_package(spdlog 1.10 libspdlog-dev CONFIG)
pmcp_find_package(CLI11 2.1 libcli11-dev CONFIG)
pmcp_find_package(ZLIB "" zlib1g-dev)
pmcp_find_package(CURL 7.88 libcurl4-openssl-dev)
pmcp_find_package(valijson "" libvalijson-dev CONFIG)
pmcp_find_pkgconfig(RE2 re2 libre2-dev)
pmcp_find_pkgconfig(DEFLATE libdeflate libdeflate-dev)
pmcp_find_pkgconfig(ZSTD libzstd libzstd-dev)
pmcp_find_pkgconfig(HTTPLIB cpp-httplib libcpp-httplib-dev)
include(Httplib)

find_path(PROTOZERO_INCLUDE_DIR protozero/pbf_reader.hpp)
if(NOT PROTOZERO_INCLUDE_DIR)
  pmcp_missing(protozero libprotozero-dev)
endif()
add_library(protozero INTERFACE)
target_include_directories(protozero SYSTEM INTERFACE ${PROTOZERO_INCLUDE_DIR})

# Its types only: the library itself is opened at the first request.
add_library(curl_headers INTERFACE)
target_include_directories(curl_headers SYSTEM INTERFACE ${CURL_INCLUDE_DIRS})

# The same for libcrypto, which is opened when something is to be sealed.
pmcp_find_package(OpenSSL 1.1.1 libssl-dev)
add_library(openssl_headers INTERFACE)
target_include_directories(openssl_headers SYSTEM INTERFACE
  ${OPENSSL_INCLUDE_DIR})

if(PMCP_TESTS)
  pmcp_find_package(GTest "" libgtest-dev CONFIG)
endif()
