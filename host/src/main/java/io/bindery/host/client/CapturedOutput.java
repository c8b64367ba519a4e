package io.bindery.host.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what a request prints; there is no input. */
final class CapturedOutput implements CommandStreams {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** The lines that were printed. */
  List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void out(byte[] text) {
    out.writeBytes(text);
  }

  @Override
  public void err(byte[] text) {
    // a failed completion is none
  }

  @Override
  public void need(Consumer<byte[]> answer) {
    answer.accept(new byte[0]);
  }

  @Override
  public void ask(String prompt, Consumer<byte[]> answer) {
    answer.accept(new byte[0]);
  }
}
