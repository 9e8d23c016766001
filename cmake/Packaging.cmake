# What `cmake --install` puts where, and the packages that CPack makes of it:
# `cpack --config build/release/CPackConfig.cmake -G DEB` (or TGZ).
include(GNUInstallDirs)

install(TARGETS pyroscope-mcp RUNTIME)
# Every document that another one links to is there too, under the same name.
install(FILES README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md LICENSE
  THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES examples/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(DIRECTORY examples/deploy DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
# Profiles to try the program with: the first round has every service, version
# and kind of profile, in a quarter of the size.
install(DIRECTORY examples/profiles
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  FILES_MATCHING PATTERN "labels.json" PATTERN "*.r0.pb.gz")
# Where systemd looks, below /usr and /usr/local alike, whatever libraries use.
install(FILES examples/deploy/pyroscope-mcp.service
  DESTINATION lib/systemd/system)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_CONTACT "The pyroscope-mcp maintainers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION
  "Lets AI assistants find out why a program is slow: they ask this server over
the Model Context Protocol, and it answers from continuous-profiling data.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
# Finds the libraries with dpkg-shlibdeps.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Opened at the first question to a server, so dpkg-shlibdeps does not see it.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libcurl4, ca-certificates")
include(CPack)
