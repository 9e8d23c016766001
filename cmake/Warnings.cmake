# Warnings of the project's own code. They are errors only where PMCP_WERROR
# is set (the presets and CI): a newer compiler of a user must not break a
# build because it knows one warning more.
add_library(pmcp_warnings INTERFACE)
target_compile_options(pmcp_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  # Designated initializers name what differs from the defaults.
  -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
   AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 at -O3 sees overlaps in string concatenation that are not there.
  target_compile_options(pmcp_warnings INTERFACE -Wno-restrict)
endif()
if(PMCP_WERROR)
  target_compile_options(pmcp_warnings INTERFACE -Werror)
endif()

if(PMCP_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ says of itself that sanitizers make this one see what is not there.
    target_compile_options(pmcp_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
  add_compile_options(-fsanitize=${PMCP_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PMCP_SANITIZE})
endif()
