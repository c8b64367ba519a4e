package io.bindery.samples.server;

import java.io.IOException;

/** A program for tests to kill: it starts two servers, stops one, and never ends by itself. */
final class ServerHolder {
  private ServerHolder() {}

  public static void main(String[] args) throws IOException {
    MariaDbServer running = MariaDbServer.start();
    MariaDbServer stopped = MariaDbServer.start();
    stopped.stop();
    System.out.println(running.socket().getParent());
    System.out.println(stopped.socket().getParent());
    while (System.in.read() >= 0) {
      // the test holds the other end open
    }
  }
}
