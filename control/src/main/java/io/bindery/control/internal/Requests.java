package io.bindery.control.internal;

import io.bindery.control.wire.FrameType;
import io.bindery.control.wire.Request;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;

/** Does what clients ask for. */
final class Requests {
  private final CommandProcessor processor;
  private final HostState host;

  Requests(CommandProcessor processor, HostState host) {
    this.processor = processor;
    this.host = host;
  }

  GogoSession newSession(Outbox outbox) {
    return new GogoSession(processor, outbox);
  }

  /**
   * Executes a request to its end.
   *
   * @return the exit code
   */
  int execute(Request request, GogoSession session, Outbox outbox) throws InterruptedException {
    switch (request.kind()) {
      case WORDS, LINE -> {
        return session.execute(request);
      }
      case COMPLETE ->
          session.complete(request.words().get(0), Integer.parseInt(request.words().get(1)));
      case STATUS -> {
        byte[] text = host.describe().getBytes(StandardCharsets.UTF_8);
        outbox.put(FrameType.STDOUT, text, 0, text.length);
      }
      case STOP -> host.stop();
    }
    return 0;
  }
}
