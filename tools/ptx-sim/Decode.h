// An instruction's name ⇒ what it means.
//
// Each opcode has a decoder that takes the words that it knows out of the
// name's dotted parts. What it leaves, nobody knows: the instruction is
// refused, so nothing is ever simulated approximately by accident.

#ifndef DLC_TOOLS_PTXSIM_DECODE_H
#define DLC_TOOLS_PTXSIM_DECODE_H

#include "ptx-sim/Module.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dlc::ptxsim {

/// The parts of "ld.global.v4.f32" after the opcode.
class Words {
public:
  explicit Words(std::string_view name);

  std::string_view opcode() const { return first; }
  bool empty() const { return words.empty(); }
  /// Takes the word out if it is there.
  bool take(std::string_view word);
  /// Takes the first word that is a type; none if there is none.
  Type takeType();
  /// Takes the first of `names` that is there; its number, or -1.
  int takeOneOf(std::initializer_list<std::string_view> names);
  /// Whether one of them is a floating type.
  bool nameFloat() const;

private:
  std::string_view first;
  std::vector<std::string_view> words;
};

/// Fills in the instruction; false where the words make no known one.
using Decoder = bool (*)(Instruction &, Words &);
/// By opcode; "add float" goes before "add" where a type is a floating one.
using Decoders = std::map<std::string, Decoder, std::less<>>;

/// Sets everything of `instruction` that its name says, or fails with
/// "unknown instruction 'NAME'".
Status decode(Instruction &instruction);

/// .rn .rz .rm .rp.
void takeRounding(Instruction &instruction, Words &words);

// Each file of opcodes adds its own.
void addIntegerDecoders(Decoders &decoders);
void addBitDecoders(Decoders &decoders);
void addFloatDecoders(Decoders &decoders);
void addCompareDecoders(Decoders &decoders);
void addConvertDecoders(Decoders &decoders);
void addMemoryDecoders(Decoders &decoders);
void addControlDecoders(Decoders &decoders);
void addMatrixDecoders(Decoders &decoders);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_DECODE_H
