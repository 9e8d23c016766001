# pmcp_embed_files(NAME GLOB [COMMON FILE]): makes the library
# pmcp_embedded_NAME with generated/NAME.h, which declares one
# `extern const std::string_view kFileName;` per file and `All()`, a span of
# all files in the order of their names.
#
# COMMON is for schemas: FILE holds JSON properties that several files share.
# A file includes them with the member `"$common": {}` at the head of its
# `properties`, or `"$common": {"without": "NAME"}` to leave one out. What is
# embedded is the merged text, which is also written to generated/NAME/.
function(pmcp_embed_files name glob)
  cmake_parse_arguments(ARG "" "COMMON" "" ${ARGN})
  file(GLOB inputs CONFIGURE_DEPENDS ${glob})
  if(NOT inputs)
    message(FATAL_ERROR "There is no ${glob}: a part of the sources is missing.")
  endif()
  set(folder ${CMAKE_BINARY_DIR}/generated)
  set(common "")
  set(merged "")
  if(ARG_COMMON)
    set(common ${CMAKE_SOURCE_DIR}/${ARG_COMMON})
    foreach(input ${inputs})
      get_filename_component(file ${input} NAME)
      list(APPEND merged ${folder}/${name}/${file})
    endforeach()
  endif()
  add_custom_command(
    OUTPUT ${folder}/${name}.h ${folder}/${name}.cc ${merged}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFOLDER=${folder}
      "-DINPUTS=${inputs}" "-DCOMMON=${common}"
      -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake
    DEPENDS ${inputs} ${common} ${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake
    VERBATIM)
  add_library(pmcp_embedded_${name} STATIC ${folder}/${name}.cc)
  target_sources(pmcp_embedded_${name} PRIVATE ${folder}/${name}.h)
  target_include_directories(pmcp_embedded_${name} PUBLIC ${CMAKE_BINARY_DIR})
endfunction()
