package io.bindery.drops.testbundle;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of test bundles: it tells the test how often it was started and stopped. */
public final class RunningBundle implements BundleActivator {
  /** The system property that holds what a blocking bundle waits for, a {@code CountDownLatch}. */
  public static final String GATE = "test.gate";

  /** How often a bundle was started. */
  public static int startsOf(String symbolicName) {
    return Integer.getInteger(property(symbolicName), 0);
  }

  /** Forgets all that bundles of a test told and were told. */
  public static void forget() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("test."));
  }

  private static String property(String symbolicName) {
    return "test.starts." + symbolicName;
  }

  @Override
  public void start(BundleContext context) {
    String name = context.getBundle().getSymbolicName();
    System.setProperty(property(name), String.valueOf(startsOf(name) + 1));
    if (context.getBundle().getHeaders("").get("X-Blocks") != null) {
      await((CountDownLatch) System.getProperties().get(GATE));
    }
    if (context.getBundle().getHeaders("").get("X-Fails") != null
        && System.getProperty("test.may.start") == null) {
      throw new IllegalStateException("no such luck");
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
