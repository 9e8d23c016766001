# What `cmake --install` puts where, and the packages that CPack makes of it:
# `cpack --config build/release/CPackConfig.cmake -G DEB` (or TGZ).
include(GNUInstallDirs)

install(TARGETS pyroscope-mcp RUNTIME)
install(FILES README.md CHANGELOG.md LICENSE THIRD_PARTY.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/clients.md docs/deploy.md docs/sources.md docs/tools.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(FILES examples/deploy/kubernetes-sidecar.yaml
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
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
