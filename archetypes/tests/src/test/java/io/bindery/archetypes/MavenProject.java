package io.bindery.archetypes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A project of somebody who uses Bindery, driven by the Maven that builds Bindery. */
record MavenProject(Path folder) {
  private static final int LIMIT_MINUTES = 5;

  /**
   * Makes one from an archetype, as the documentation says.
   *
   * @param parent where to make it
   * @param archetype the artifact
   * @param artifactId of the project, and the name of its folder
   * @param properties of the archetype, {@code name=value}
   */
  static MavenProject generate(
      Path parent, String archetype, String artifactId, String... properties) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(property("bindery.archetype.plugin") + ":generate");
    words.add("-DarchetypeGroupId=io.bindery");
    words.add("-DarchetypeArtifactId=" + archetype);
    words.add("-DarchetypeVersion=" + property("bindery.version"));
    words.add("-DarchetypeCatalog=local");
    words.add("-DgroupId=com.example");
    words.add("-DartifactId=" + artifactId);
    words.add("-Dversion=1.0.0");
    Stream.of(properties).map(each -> "-D" + each).forEach(words::add);
    maven(parent, words);
    return new MavenProject(parent.resolve(artifactId));
  }

  /** Runs {@code mvn verify} and gives what it printed. */
  String verify() throws Exception {
    return maven(folder, List.of("verify"));
  }

  /** The jar that was built. */
  Path jar() {
    return folder.resolve("target").resolve(folder.getFileName() + "-1.0.0.jar");
  }

  private static String maven(Path folder, List<String> words) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(property("bindery.maven"), "-B", "-ntp"));
    command.add("-Dmaven.repo.local=" + property("bindery.maven.repository"));
    command.add("-Dmaven.repo.local.tail=" + downloads());
    if (property("bindery.maven.network").equals("offline=true")) {
      command.add("-o");
    }
    command.addAll(words);
    Path output = Files.createTempFile(folder, "maven", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("MAVEN_ARGS", "MAVEN_OPTS"));
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(new File("/dev/null"));
    Process process = builder.start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ":\n" + printed);
    }
    return printed;
  }

  /** Where Maven keeps what it has downloaded, perhaps in several places. */
  private static String downloads() throws IOException {
    String more = System.getProperty("maven.repo.local.tail");
    String first = property("bindery.maven.downloads");
    return more == null || more.isBlank() ? first : first + "," + more;
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
