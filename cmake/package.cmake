# Man pages, completions, and the Debian package (cpack in a Release build). Pages and completions come from the program's own option
# table; without scdoc there are no pages.
find_program(TRUSTWALK_SCDOC scdoc)
find_program(TRUSTWALK_GZIP gzip)

install(CODE "
  set(prefix \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  foreach(page trustwalk.1 check_trustwalk.1 trustwalk-json.5 trustwalk.toml.5 trustwalk-findings.7)
    if(EXISTS \"${TRUSTWALK_SCDOC}\" AND EXISTS \"${TRUSTWALK_GZIP}\")
      string(REGEX REPLACE \".*[.]\" \"\" section \${page})
      set(folder \"\${prefix}/${CMAKE_INSTALL_MANDIR}/man\${section}\")
      file(MAKE_DIRECTORY \"\${folder}\")
      execute_process(COMMAND \"$<TARGET_FILE:trustwalk>\" explain --man \${page} COMMAND \"${TRUSTWALK_SCDOC}\"
        COMMAND \"${TRUSTWALK_GZIP}\" -9n OUTPUT_FILE \"\${folder}/\${page}.gz\" COMMAND_ERROR_IS_FATAL ANY)
    endif()
  endforeach()
  foreach(place bash:bash-completion/completions/trustwalk zsh:zsh/vendor-completions/_trustwalk
          fish:fish/vendor_completions.d/trustwalk.fish)
    string(REGEX MATCH \"^[a-z]+\" shell \${place})
    string(REGEX REPLACE \"^[a-z]+:\" \"\" file \${place})
    get_filename_component(folder \"\${prefix}/${CMAKE_INSTALL_DATADIR}/\${file}\" DIRECTORY)
    file(MAKE_DIRECTORY \"\${folder}\")
    execute_process(COMMAND \"$<TARGET_FILE:trustwalk>\" explain --completion \${shell}
      OUTPUT_FILE \"\${prefix}/${CMAKE_INSTALL_DATADIR}/\${file}\" COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  # bash-completion looks for a file of the command's own name.
  file(CREATE_LINK trustwalk \"\${prefix}/${CMAKE_INSTALL_DATADIR}/bash-completion/completions/check_trustwalk\" SYMBOLIC)
  file(CREATE_LINK trustwalk.fish \"\${prefix}/${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d/check_trustwalk.fish\" SYMBOLIC)")

# Debian policy: the licence and a changelog under the package's name.
configure_file(cmake/debian/changelog.in debian/changelog @ONLY)
if(TRUSTWALK_GZIP)
  execute_process(COMMAND ${TRUSTWALK_GZIP} -9nkf ${CMAKE_BINARY_DIR}/debian/changelog)
  install(FILES ${CMAKE_BINARY_DIR}/debian/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/trustwalk)
endif()
install(FILES cmake/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/trustwalk)
install(FILES cmake/debian/overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME trustwalk)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME trustwalk)
set(CPACK_PACKAGE_CONTACT "The trustwalk authors <trustwalk@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "validating stub resolver and DNSSEC chain analyzer")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"trustwalk walks the chain of trust of DNSSEC from the root to one answer, and
says whether it holds, where it breaks and whose fault that is, when it will
break, and what to do. It draws the chain, and watches it for Nagios, Icinga,
Checkmk, Zabbix and Prometheus.")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "dns-root-data, libidn2-0")
# What is loaded at run time is seen by nobody who looks at what is linked: the package that the layout plugin lies in.
execute_process(COMMAND dpkg-query --search ${GVPLUGIN_DOT_LAYOUT_FILE} OUTPUT_VARIABLE owner ERROR_QUIET RESULT_VARIABLE found)
if(found EQUAL 0)
  string(REGEX REPLACE ":.*" "" owner "${owner}")
  set(CPACK_DEBIAN_PACKAGE_DEPENDS ${owner})
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
