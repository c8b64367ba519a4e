package io.bindery.host.client;

import java.io.IOException;
import java.util.function.Consumer;

/** Where the output of a command goes and its input comes from. */
interface CommandStreams {
  /** What the command printed. */
  void out(byte[] text) throws IOException;

  /** What the command printed as errors. */
  void err(byte[] text) throws IOException;

  /** The command reads: give it some input, or nothing at its end; must not wait. */
  void need(Consumer<byte[]> answer);

  /** The command asks for a line that is not shown: give it with its end, or nothing. */
  void ask(String prompt, Consumer<byte[]> answer);
}
