# pmcp_embed_files(NAME GLOB): makes the library pmcp_embedded_NAME with
# generated/NAME.h: one `extern const std::string_view kFileName;` per file
# and `kAll`, a span of them in the order of the file names.
function(pmcp_embed_files name glob)
  file(GLOB inputs CONFIGURE_DEPENDS ${glob})
  if(NOT inputs)
    message(FATAL_ERROR "There is no ${glob}: a part of the sources is missing.")
  endif()
  set(folder ${CMAKE_BINARY_DIR}/generated)
  add_custom_command(
    OUTPUT ${folder}/${name}.h ${folder}/${name}.cc
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFOLDER=${folder}
      "-DINPUTS=${inputs}" -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake
    VERBATIM)
  add_library(pmcp_embedded_${name} STATIC ${folder}/${name}.cc)
  target_sources(pmcp_embedded_${name} PRIVATE ${folder}/${name}.h)
  target_include_directories(pmcp_embedded_${name} PUBLIC ${CMAKE_BINARY_DIR})
endfunction()
