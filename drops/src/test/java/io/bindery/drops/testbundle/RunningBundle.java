package io.bindery.drops.testbundle;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of test bundles: it tells the test how often it was started and stopped. */
public final class RunningBundle implements BundleActivator {
  /** The system property that holds what a blocking bundle waits for, a {@code CountDownLatch}. */
  public static final String GATE = "test.gate";

  /** The system property that counts the starts of a bundle, by its symbolic name. */
  public static String starts(String symbolicName) {
    return "test.starts." + symbolicName;
  }

  @Override
  public void start(BundleContext context) {
    String property = starts(context.getBundle().getSymbolicName());
    System.setProperty(property, String.valueOf(Integer.getInteger(property, 0) + 1));
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
