package io.bindery.itests.plans;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A mistake that somebody could make in an operator, as a change to its source text.
 *
 * @param operator what is wrong then
 * @param shown what plans cover that are likely to show it
 * @param file the source file, by its place in the aggregator
 * @param right what stands there once, and must
 * @param wrong what stands there instead
 */
record Fault(String operator, String shown, String file, String right, String wrong) {
  private static final String PACKAGE = "io/bindery/aggregate/internal/";

  /**
   * The aggregator's jar with this fault in it.
   *
   * @param sources the folder of the aggregator's sources
   * @param jar the right jar
   * @param folder where to work
   * @param version the version that the bundle gets, by which it is known
   */
  Path jar(Path sources, Path jar, Path folder, String version) throws IOException {
    String source = source(sources);
    Path work = Files.createTempDirectory(folder, "fault");
    Path changed = work.resolve(Path.of(file).getFileName());
    Files.writeString(changed, source.replace(right, wrong));
    compile(changed, jar, Files.createDirectory(work.resolve("classes")));
    Path faulty = work.resolve("aggregator.jar");
    Files.copy(jar, faulty);
    patch(faulty, work.resolve("classes"), version);
    return faulty;
  }

  /**
   * The source that is to be changed.
   *
   * @param sources the folder of the aggregator's sources
   * @throws AssertionError when it is no longer what is to be changed
   */
  String source(Path sources) throws IOException {
    String source = Files.readString(sources.resolve(PACKAGE + file)).replace("\r\n", "\n");
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new AssertionError(
          "fault '%s': '%s' must stand in %s once; say what stands there now"
              .formatted(operator, right, file));
    }
    return source;
  }

  private void compile(Path changed, Path jar, Path classes) throws IOException {
    StringWriter problems = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      String path =
          jar + System.getProperty("path.separator") + System.getProperty("java.class.path");
      boolean compiled =
          compiler
              .getTask(
                  problems,
                  manager,
                  null,
                  List.of("-d", classes.toString(), "-cp", path, "--release", "17", "-proc:none"),
                  null,
                  manager.getJavaFileObjects(changed))
              .call();
      if (!compiled) {
        throw new AssertionError("fault '" + operator + "' does not compile: " + problems);
      }
    }
  }

  private static void patch(Path jar, Path classes, String version) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path each : compiled.filter(Files::isRegularFile).toList()) {
        Files.copy(
            each,
            zip.getPath(classes.relativize(each).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Path place = zip.getPath("META-INF/MANIFEST.MF");
      Manifest manifest;
      try (InputStream in = Files.newInputStream(place)) {
        manifest = new Manifest(in);
      }
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
      try (OutputStream out = Files.newOutputStream(place)) {
        manifest.write(out);
      }
    }
  }
}
