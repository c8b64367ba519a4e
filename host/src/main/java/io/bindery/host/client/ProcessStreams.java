package io.bindery.host.client;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** The streams of this process, unbuffered. */
final class ProcessStreams implements CommandStreams {
  private static final byte[] END = {};

  private final InputStream in;
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final OutputStream err = new FileOutputStream(FileDescriptor.err);

  /** With that stream as stdin. */
  ProcessStreams(InputStream in) {
    this.in = in;
  }

  @Override
  public void out(byte[] text) throws IOException {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new BrokenPipeException(e);
    }
  }

  @Override
  public void err(byte[] text) throws IOException {
    try {
      err.write(text);
    } catch (IOException e) {
      throw new BrokenPipeException(e);
    }
  }

  @Override
  public void need(Consumer<byte[]> answer) {
    daemon(() -> answer.accept(readSome()));
  }

  private byte[] readSome() {
    byte[] buffer = new byte[8192];
    try {
      int count = in.read(buffer);
      return count < 0 ? END : Arrays.copyOf(buffer, count);
    } catch (IOException e) {
      return END;
    }
  }

  @Override
  public void ask(String prompt, Consumer<byte[]> answer) {
    daemon(() -> answer.accept(readSecret(prompt)));
  }

  private static byte[] readSecret(String prompt) {
    Console console = System.console();
    char[] secret = console == null ? null : console.readPassword("%s", prompt);
    return secret == null ? END : (new String(secret) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "stdin");
    thread.setDaemon(true);
    thread.start();
  }
}
