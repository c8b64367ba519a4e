package io.bindery.control.internal;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameReader;
import io.bindery.control.wire.FrameType;
import io.bindery.control.wire.Request;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: a thread that reads what it sends, one that executes its requests in turn, one that
 * sends what they print.
 */
final class Connection {
  private static final Logger logger = LoggerFactory.getLogger(Connection.class);
  private static final int INTERRUPTED = 130;

  /** Comes after the last request. */
  private static final Request END = new Request(Request.Kind.STATUS, List.of(), 0, false, "");

  private final SocketChannel channel;
  private final Requests requests;
  private final Runnable whenClosed;
  private final Outbox outbox = new Outbox();
  private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
  private final Thread executor;
  private final Thread sender;
  private boolean busy;

  /** Whether the request that was taken has its session. */
  private boolean begun;

  /** Whether the request that was taken was interrupted before it had its session. */
  private boolean interrupted;

  private @Nullable GogoSession session;

  Connection(SocketChannel channel, Requests requests, String name, Runnable whenClosed) {
    this.channel = channel;
    this.requests = requests;
    this.whenClosed = whenClosed;
    executor = daemon(this::executeRequests, name);
    sender = daemon(this::sendOutbox, name + "-out");
    daemon(this::readFrames, name + "-in").start();
    executor.start();
    sender.start();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Whether a command runs now. */
  synchronized boolean isBusy() {
    return busy;
  }

  /** Takes no more requests and ends when what runs has ended; with force that is interrupted. */
  void close(boolean force) {
    if (force) {
      interrupt();
    }
    waiting.add(END);
    if (force) {
      outbox.close();
    }
  }

  /** Waits until this connection has ended. */
  void join(long millis) throws InterruptedException {
    executor.join(Math.max(1, millis));
  }

  private void readFrames() {
    try {
      FrameReader reader = new FrameReader(channel);
      for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
        take(frame);
      }
    } catch (IOException e) {
      logger.debug("control connection broke", e);
    } finally {
      close(true);
    }
  }

  private void take(Frame frame) throws IOException {
    switch (frame.type()) {
      case REQUEST -> waiting.add(accept(frame));
      case STDIN -> give(frame.payload());
      case INTERRUPT -> interrupt();
      default -> throw new IOException("a client does not send " + frame.type());
    }
  }

  private synchronized Request accept(Frame frame) throws IOException {
    if (busy) {
      throw new IOException("a client sends one request at a time");
    }
    Request request = Request.decode(frame.payload());
    busy = true;
    return request;
  }

  private synchronized void give(byte[] input) {
    if (session != null) {
      session.give(input);
    }
  }

  private synchronized void interrupt() {
    if (begun && session != null) {
      session.cut();
    } else {
      interrupted = busy;
    }
  }

  private void executeRequests() {
    try {
      for (Request request = waiting.take(); request != END; request = waiting.take()) {
        GogoSession current = openSession();
        int code = requests.execute(request, current, outbox);
        if (current.isCut()) {
          current.tidy();
        }
        finish(current.isCut() ? INTERRUPTED : code);
      }
    } catch (InterruptedException | ClientGoneException e) {
      logger.trace("control connection ends", e);
    } finally {
      end();
    }
  }

  /** The session of this client, with the variables of the one before if that was interrupted. */
  private synchronized GogoSession openSession() {
    GogoSession opened = session;
    if (opened == null || opened.isCut()) {
      GogoSession before = opened;
      opened = requests.newSession(outbox);
      if (before != null) {
        opened.variables(before.variables());
      }
      session = opened;
    }
    begun = true;
    if (interrupted) {
      interrupted = false;
      opened.cut();
    }
    return opened;
  }

  private void finish(int code) throws InterruptedException {
    synchronized (this) {
      busy = false;
      begun = false;
    }
    outbox.put(new Frame(FrameType.EXIT, new byte[] {(byte) code}));
  }

  private void end() {
    synchronized (this) {
      busy = false;
      if (session != null) {
        session.cut();
      }
    }
    outbox.close();
    whenClosed.run();
  }

  private void sendOutbox() {
    try {
      outbox.sendAll(channel);
    } catch (IOException e) {
      logger.debug("control connection broke", e);
    } finally {
      closeChannel();
    }
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      logger.debug("cannot close a control connection", e);
    }
  }
}
