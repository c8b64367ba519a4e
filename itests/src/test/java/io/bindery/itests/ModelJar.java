package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import io.bindery.testing.Distribution;
import java.io.File;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * Makes a model bundle from source text, as its author's build would, against the distribution's
 * jars.
 */
public final class ModelJar {
  /** What bundles are built against and is not in the distribution. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "org\\.osgi\\.service\\.component\\.annotations|org\\.apache\\.felix\\.framework-|h2-");

  private ModelJar() {}

  /**
   * Compiles and packs a bundle of version 1.0.0 from sources among the tests' resources.
   *
   * @param folder where to work; the jar is made in it
   * @param name the bundle's symbolic name
   * @param resources the resources' folder
   * @param classes the names of the classes, all of package {@code demo}
   */
  public static Path build(Path folder, String name, String resources, String... classes)
      throws Exception {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String each : classes) {
      String resource = "/" + resources + "/" + each + ".java";
      try (InputStream in = ModelJar.class.getResourceAsStream(resource)) {
        byte[] text = Objects.requireNonNull(in, resource).readAllBytes();
        sources.put("demo/" + each + ".java", new String(text, StandardCharsets.UTF_8));
      }
    }
    return build(folder, name, "1.0.0", sources);
  }

  /**
   * Compiles and packs a bundle.
   *
   * @param folder where to work; the jar is made in it
   * @param name the bundle's symbolic name
   * @param version the bundle's version
   * @param files source texts and other files by path, such as {@code demo/PetModel.java}; packages
   *     called {@code api} are exported
   * @param used further bundles that it is compiled against
   */
  public static Path build(
      Path folder, String name, String version, Map<String, String> files, Path... used)
      throws Exception {
    Path work = Files.createTempDirectory(folder, name);
    Path classes = Files.createDirectory(work.resolve("classes"));
    for (var file : files.entrySet()) {
      Path target = (file.getKey().endsWith(".java") ? work : classes).resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    List<Path> libraries = new ArrayList<>(Distribution.jars());
    libraries.addAll(List.of(used));
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> LIBRARIES.matcher(path.getFileName().toString()).lookingAt())
        .forEach(libraries::add);
    StringWriter problems = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources =
          files.keySet().stream().filter(f -> f.endsWith(".java")).map(work::resolve).toList();
      boolean compiled =
          compiler
              .getTask(
                  problems,
                  manager,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-parameters",
                      "--release",
                      "17",
                      "-cp",
                      libraries.stream()
                          .map(Path::toString)
                          .collect(Collectors.joining(File.pathSeparator))),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
    Path jar = work.resolve(name + "-" + version + ".jar");
    try (Builder builder = new Builder()) {
      builder.setBundleSymbolicName(name);
      builder.setBundleVersion(version);
      builder.addClasspath(classes.toFile());
      for (Path library : libraries) {
        builder.addClasspath(library.toFile());
      }
      builder.setProperty("-includeresource", classes.toString());
      builder.setProperty("-exportcontents", "demo.*.api");
      builder.build().write(jar.toFile());
      assertThat(builder.getErrors()).isEmpty();
    }
    return jar;
  }
}
