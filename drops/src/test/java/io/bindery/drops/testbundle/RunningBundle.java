package io.bindery.drops.testbundle;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of test bundles: it tells the test how often it was started and stopped. */
public final class RunningBundle implements BundleActivator {
  /** The system property that counts the starts of a bundle, by its symbolic name. */
  public static String starts(String symbolicName) {
    return "test.starts." + symbolicName;
  }

  @Override
  public void start(BundleContext context) {
    String property = starts(context.getBundle().getSymbolicName());
    System.setProperty(property, String.valueOf(Integer.getInteger(property, 0) + 1));
    if (context.getBundle().getHeaders("").get("X-Fails") != null
        && System.getProperty("test.may.start") == null) {
      throw new IllegalStateException("no such luck");
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
