# find_package(dlc CONFIG) gives the target dlc::dlc.
include(${CMAKE_CURRENT_LIST_DIR}/dlcTargets.cmake)
