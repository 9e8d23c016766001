# What differs between versions of cpp-httplib, found by compiling. Whoever
# links PkgConfig::HTTPLIB sees the answers as definitions, each 0 or 1:
#   PMCP_HTTPLIB_REQUEST_TAKES_PEER  process_request takes the peer's addresses
#   PMCP_HTTPLIB_STREAM_WAITS        Stream has wait_readable, wait_writable
include(CheckCXXSourceCompiles)

function(pmcp_httplib_compiles result code)
  set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
  set(CMAKE_REQUIRED_LIBRARIES PkgConfig::HTTPLIB)
  set(CMAKE_REQUIRED_QUIET ON)
  check_cxx_source_compiles("#include <httplib.h>\n${code}" ${result})
endfunction()

function(pmcp_httplib_processes result arguments)
  pmcp_httplib_compiles(${result} "
    struct Server : httplib::Server {
      void Try(httplib::Stream& stream, bool& closed) {
        process_request(stream, ${arguments}, closed, [](httplib::Request&) {});
      }
    };")
endfunction()

pmcp_httplib_processes(PMCP_HTTPLIB_REQUEST_TAKES_PEER
  [[std::string(), 0, std::string(), 0, true]])
if(NOT PMCP_HTTPLIB_REQUEST_TAKES_PEER)
  pmcp_httplib_processes(PMCP_HTTPLIB_REQUEST_IS_SHORT true)
  if(NOT PMCP_HTTPLIB_REQUEST_IS_SHORT)
    message(FATAL_ERROR "cpp-httplib ${HTTPLIB_VERSION} has another interface "
      "than those that this project knows (0.11 to 0.18, and newer ones).")
  endif()
endif()
pmcp_httplib_compiles(PMCP_HTTPLIB_STREAM_WAITS "
  bool Try(const httplib::Stream& stream) { return stream.wait_readable(); }")

foreach(answer PMCP_HTTPLIB_REQUEST_TAKES_PEER PMCP_HTTPLIB_STREAM_WAITS)
  set_property(TARGET PkgConfig::HTTPLIB APPEND PROPERTY
    INTERFACE_COMPILE_DEFINITIONS ${answer}=$<BOOL:${${answer}}>)
endforeach()
