#include "gpu-check/Cases.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace dlc::gpucheck {

namespace {

/// Sets one flag; false if there is none of that name.
bool setFlag(Case &what, const std::string &flag) {
  if (flag == "--time")
    return what.isTimed = true;
  size_t equals = flag.find('=');
  if (equals == std::string::npos)
    return false;
  std::string name = flag.substr(0, equals), value = flag.substr(equals + 1);
  if (name == "--random")
    what.random = std::atoll(value.c_str());
  else if (name == "--input")
    what.inputs.push_back(value);
  else if (name == "--steps")
    what.steps = std::atoll(value.c_str());
  else if (name == "--counters")
    what.counters = value;
  else if (name == "--expect")
    what.expected.push_back(value);
  else if (name == "--ulp")
    what.tolerance.ulp = std::atof(value.c_str());
  else if (name == "--rtol")
    what.tolerance.relative = std::atof(value.c_str());
  else if (name == "--atol")
    what.tolerance.absolute = std::atof(value.c_str());
  else
    return false;
  return true;
}

} // namespace

std::string Case::title() const {
  return program.substr(0, program.rfind('.')) + " " + function;
}

Expected<std::vector<Case>> readCases(const std::string &path) {
  std::ifstream file(path);
  if (!file)
    return Error{"cannot open '" + path + "'"};
  std::vector<Case> cases;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#')
      continue;
    Case what;
    std::istringstream words(line);
    words >> what.program >> what.function;
    for (std::string flag; words >> flag;)
      if (!setFlag(what, flag))
        return Error{path + ":" + std::to_string(number) + ": unknown flag '" +
                     flag + "'"};
    if (what.expected.empty())
      return Error{path + ":" + std::to_string(number) +
                   ": nothing is expected"};
    cases.push_back(std::move(what));
  }
  if (cases.empty())
    return Error{"'" + path + "' holds no cases"};
  return cases;
}

Expected<Buffers> argumentsOf(const Case &what,
                              const runtime::Function &function) {
  Buffers buffers;
  for (size_t i = 0; i < function.arguments.size(); ++i) {
    const runtime::TensorType &type = function.arguments[i].type;
    bool given = i < what.inputs.size();
    if (!given && what.random < 0)
      return Error{"the function takes " +
                   std::to_string(function.arguments.size()) + " inputs, got " +
                   std::to_string(what.inputs.size())};
    Expected<runtime::Array> array =
        given ? ptxsim::parseArray(what.inputs[i])
              : ptxsim::randomArray(type, what.random + i);
    if (!array)
      return array.error();
    if (!(array->type == type))
      return Error{"input " + std::to_string(i) + " must be " + type.str() +
                   ", got " + array->type.str()};
    buffers.push_back(array->buffer);
  }
  return buffers;
}

Expected<Buffers> copyTo(runtime::Device &device, const Buffers &buffers) {
  Buffers copies;
  for (const runtime::BufferRef &buffer : buffers) {
    // Also where it lies there: what is donated is written over.
    Expected<runtime::BufferRef> copy = device.allocate(buffer->bytes());
    if (!copy)
      return copy.error();
    if (Status status = device.upload(buffer->data(), **copy); !status.ok())
      return status.error();
    copies.push_back(*copy);
  }
  return copies;
}

Expected<std::shared_ptr<runtime::Execution>>
load(runtime::Device &device, const std::string &path,
     const std::string &function) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Error{"cannot open '" + path + "'"};
  std::ostringstream bytes;
  bytes << file.rdbuf();
  Expected<runtime::Program> program = runtime::deserialize(bytes.str());
  if (!program)
    return program.error();
  return device.load(std::move(*program), function);
}

} // namespace dlc::gpucheck
