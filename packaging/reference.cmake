# Run by the build (install.cmake): PROGRAM writes its manual and completions below INTO.
file(REMOVE_RECURSE ${INTO}/man ${INTO}/completions)
file(MAKE_DIRECTORY ${INTO}/man ${INTO}/completions)

# sojourn(OUTPUT ARGUMENT...)
function(sojourn output)
  execute_process(COMMAND ${PROGRAM} ${ARGN} OUTPUT_FILE ${output} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${PROGRAM} ${ARGN} ended with ${result}")
  endif()
endfunction()

sojourn(${INTO}/manual.log manual --out ${INTO}/man)
foreach(shell bash zsh fish)
  sojourn(${INTO}/completions/sojourn.${shell} completion ${shell})
endforeach()
file(TOUCH ${INTO}/reference.stamp)
