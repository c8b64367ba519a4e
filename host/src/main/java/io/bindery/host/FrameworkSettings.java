package io.bindery.host;

import java.util.HashMap;
import java.util.Map;

/** The properties that the framework is started with. */
final class FrameworkSettings {
  /** The highest start level of the distribution's bundles. */
  private static final String HIGHEST = "10";

  /** That of dropped bundles: among them are kinds of database, which must outlive the pools. */
  private static final String DROPPED = "4";

  private FrameworkSettings() {}

  /** For one run, with slf4j in that version on the launcher's class path. */
  static Map<String, String> of(RunSettings run, Home home, String slf4jVersion) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bindery.home", run.home().toString());
    properties.put("bindery.version", run.version());
    if (run.profile() != null) {
      properties.put("bindery.profile", run.profile());
    }
    if (run.secrets() != null) {
      properties.put("bindery.secrets", run.secrets().toString());
    }
    properties.put("org.osgi.framework.storage", home.data().resolve("framework").toString());
    properties.put("org.osgi.framework.startlevel.beginning", HIGHEST);
    properties.put("org.osgi.framework.system.packages.extra", slf4j(slf4jVersion));
    // ConfigAdmin waits for the memory of that name, which the bundle that takes files gives it
    properties.put("felix.cm.pm", "bindery");
    properties.put("felix.startlevel.bundle", DROPPED);
    return properties;
  }

  // HikariCP and MyBatis were built for slf4j 1, whose packages version 2 still has
  private static String slf4j(String version) {
    StringBuilder packages = new StringBuilder();
    for (String name :
        new String[] {"org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi"}) {
      for (String offered : new String[] {version, "1.7.36"}) {
        packages.append(packages.length() == 0 ? "" : ",");
        packages.append(name).append(";version=\"").append(offered).append('"');
      }
    }
    return packages.toString();
  }
}
