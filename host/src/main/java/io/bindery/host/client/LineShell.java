package io.bindery.host.client;

import io.bindery.control.wire.Request;
import io.bindery.control.wire.Request.Kind;
import io.bindery.host.HostException;
import io.bindery.host.Terminal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shell without a terminal: each line of the input is a command, which may read what follows. */
final class LineShell {
  private final HostConnection host;

  LineShell(HostConnection host) {
    this.host = host;
  }

  /**
   * Executes line after line.
   *
   * @return the exit code of the last
   */
  int run(InputStream input) throws HostException, IOException {
    InputStream in = new BufferedInputStream(input);
    ProcessStreams streams = new ProcessStreams(in);
    int code = 0;
    for (String line = readLine(in); line != null; line = readLine(in)) {
      if (line.equals("exit") || line.equals("quit")) {
        break;
      }
      if (!line.isBlank()) {
        Request request =
            new Request(Kind.LINE, List.of(line), Terminal.columns(), false, Clients.folder());
        code = host.execute(request, streams);
      }
    }
    return code;
  }

  private static @Nullable String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
