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
 * @param file the source file, by its place in the aggregator
 * @param right what stands there once, and must
 * @param wrong what stands there instead
 */
record Fault(String operator, String file, String right, String wrong) {
  private static final String PACKAGE = "io/bindery/aggregate/internal/";

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "union in order",
              "operator/OrderedReader.java",
              "return byKey != 0 ? byKey :",
              "return byKey > 0 ? 1 :"),
          new Fault(
              "union of inputs",
              "operator/ConcatReader.java",
              "while (at < inputs.size()) {",
              "while (at < Math.min(3, inputs.size())) {"),
          new Fault(
              "distinct",
              "operator/DistinctReader.java",
              "if (seen.find(key.read(input))) {",
              "if (seen.find(key.read(input)) && !key.hasNull()) {"),
          new Fault(
              "merge in order",
              "operator/OrderedMergeReader.java",
              "while (head.ahead && head.key.compareTo(current) == 0) {",
              "if (head.ahead && head.key.compareTo(current) == 0) {"),
          new Fault(
              "merge in order, its end",
              "operator/OrderedMergeReader.java",
              "case FULL:\n        return false;",
              "case FULL:\n        return !heads.get(0).ahead;"),
          new Fault(
              "merge by a table",
              "operator/HashMergeReader.java",
              "if (!given && merged.stays(table)) {",
              "if (merged.stays(table)) {"),
          new Fault(
              "merge that keeps keys",
              "operator/MergedRow.java",
              "all &= !kept.isEmpty(at);",
              "all |= !kept.isEmpty(at);"),
          new Fault(
              "keys with a null", "held/KeyBytes.java", "hasNull = true;", "hasNull |= i == 0;"),
          new Fault(
              "keys that look alike",
              "held/KeyBytes.java",
              "row.text(column, text);",
              "text.set(row.value(column).toString().strip().getBytes(), 0,"
                  + " row.value(column).toString().strip().getBytes().length);"),
          new Fault(
              "keys in the order of their bytes",
              "held/KeyBytes.java",
              "Arrays.compareUnsigned(",
              "Arrays.compare("),
          new Fault(
              "group in order",
              "operator/OrderedGroupReader.java",
              "current.set(next);\n    slots.clear();",
              "current.set(next);"),
          new Fault(
              "group by a table",
              "operator/HashGroupReader.java",
              "totals.add(input, table, 0);",
              "if (table.size() % 5 != 0) totals.add(input, table, 0);"),
          new Fault(
              "sort",
              "held/SortedRows.java",
              "compare(from[left], from[right]) <= 0",
              "compare(from[left], from[right]) <= 1"),
          new Fault(
              "first rows of an order",
              "operator/SortReader.java",
              "rows.keep(keep);",
              "rows.keep(Math.max(1, keep - 1));"),
          new Fault(
              "slice",
              "operator/SliceReader.java",
              "while (skip > 0 && left > 0)",
              "while (skip > 1 && left > 0)"),
          new Fault(
              "where",
              "operator/WhereReader.java",
              "Boolean.TRUE.equals(condition.of(input))",
              "!Boolean.FALSE.equals(condition.of(input))"));

  /**
   * The aggregator's jar with this fault in it.
   *
   * @param sources the folder of the aggregator's sources
   * @param jar the right jar
   * @param folder where to work
   * @param version the version that the bundle gets, by which it is known
   * @throws AssertionError when the source is no longer what is to be changed
   */
  Path jar(Path sources, Path jar, Path folder, String version) throws IOException {
    String source = Files.readString(sources.resolve(PACKAGE + file)).replace("\r\n", "\n");
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new AssertionError(
          "fault '%s': '%s' must stand in %s once; say what stands there now"
              .formatted(operator, right, file));
    }
    Path work = Files.createTempDirectory(folder, "fault");
    Path changed = work.resolve(Path.of(file).getFileName());
    Files.writeString(changed, source.replace(right, wrong));
    compile(changed, jar, Files.createDirectory(work.resolve("classes")));
    Path faulty = work.resolve("aggregator.jar");
    Files.copy(jar, faulty);
    patch(faulty, work.resolve("classes"), version);
    return faulty;
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
