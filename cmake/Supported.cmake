# What is supported: Debian 12 and 13, Ubuntu 24.04, and newer ones that have
# the same packages; g++ 12 to 15 and clang 16 to 19, as far as these have
# them. A newer compiler is welcome; an older one is refused, since it lacks
# parts of C++20 that are used here.
set(PMCP_SUPPORTED "Supported are Debian 12 and 13, Ubuntu 24.04, and newer \
ones that have the same packages.")

cmake_host_system_information(RESULT PMCP_DISTRIBUTION
  QUERY DISTRIB_PRETTY_NAME)
if(NOT PMCP_DISTRIBUTION)
  set(PMCP_DISTRIBUTION "this system")
endif()

function(pmcp_least_compiler id name version)
  if(CMAKE_CXX_COMPILER_ID STREQUAL id
     AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS version)
    message(FATAL_ERROR "${name} ${CMAKE_CXX_COMPILER_VERSION} of "
      "${PMCP_DISTRIBUTION} is too old; ${name} ${version} or newer is "
      "needed.\n${PMCP_SUPPORTED}")
  endif()
endfunction()

pmcp_least_compiler(GNU g++ 12)
pmcp_least_compiler(Clang clang 16)
