package io.bindery.mybatis.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles source texts into a model bundle, so that a test can have one of any shape. */
public final class BundleJar {
  private static final String ACTIVATOR =
      """
      public final class %1$s implements org.osgi.framework.BundleActivator {
        @Override public void start(org.osgi.framework.BundleContext context) {
          java.util.Hashtable<String, Object> properties = new java.util.Hashtable<>();
          %2$s
          context.registerService(io.bindery.model.Model.class, new %3$s(), properties);
        }
        @Override public void stop(org.osgi.framework.BundleContext context) {}
      }
      final class %3$s implements io.bindery.model.Model {
        @Override public java.util.List<Class<?>> mappers() { return java.util.List.of(%4$s); }
      }
      """;

  private final String symbolicName;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<String> headers = new ArrayList<>();

  private String imports =
      "io.bindery.model,org.osgi.framework,org.apache.ibatis.annotations;version=\"[3.5,4)\","
          + "org.apache.ibatis.cursor;version=\"[3.5,4)\","
          + "org.apache.ibatis.type;version=\"[3.5,4)\"";

  private BundleJar(String symbolicName) {
    this.symbolicName = symbolicName;
  }

  public static BundleJar of(String symbolicName) {
    return new BundleJar(symbolicName);
  }

  /** Adds a class; {@code name} is its full name, the text begins after the package line. */
  public BundleJar type(String name, String text) {
    int dot = name.lastIndexOf('.');
    sources.put(name, "package " + name.substring(0, dot) + ";\n" + text);
    return this;
  }

  /** Adds a model with an activator that registers it; a filter of "" gives none. */
  public BundleJar model(String name, String filter, String... mappers) {
    int dot = name.lastIndexOf('.');
    String simple = name.substring(dot + 1);
    List<String> classes = new ArrayList<>();
    for (String mapper : mappers) {
      classes.add(mapper + ".class");
    }
    String property =
        filter.isEmpty() ? "" : "properties.put(\"bind.filter\", \"%s\");".formatted(filter);
    headers.add("Bundle-Activator: " + name + "Activator");
    return type(
        name + "Activator",
        ACTIVATOR.formatted(simple + "Activator", property, simple, String.join(", ", classes)));
  }

  public BundleJar header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  /** Imports these packages instead of those that a model needs. */
  public BundleJar importing(String packages) {
    imports = packages;
    return this;
  }

  public BundleJar resource(String path, String text) {
    resources.put(path, text);
    return this;
  }

  /** The bundle as a stream to install. */
  public InputStream open() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", "1.0.0");
    if (!imports.isEmpty()) {
      main.putValue("Import-Package", imports);
    }
    for (String header : headers) {
      main.putValue(header.split(": ", 2)[0], header.split(": ", 2)[1]);
    }
    try (JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> type : compile().entrySet()) {
        jar.putNextEntry(new JarEntry(type.getKey().replace('.', '/') + ".class"));
        jar.write(type.getValue());
      }
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        jar.putNextEntry(new JarEntry(resource.getKey()));
        jar.write(resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new java.io.ByteArrayInputStream(out.toByteArray());
  }

  private Map<String, byte[]> compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
    StringWriter messages = new StringWriter();
    try (JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                return classes.computeIfAbsent(name, it -> new ByteArrayOutputStream());
              }
            };
          }
        }) {
      boolean done =
          compiler
              .getTask(
                  messages, files, null, List.of("-parameters", "-proc:none"), null, sourceFiles())
              .call();
      if (!done) {
        throw new IllegalArgumentException(messages.toString());
      }
    }
    Map<String, byte[]> bytes = new TreeMap<>();
    classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
    return bytes;
  }

  private List<JavaFileObject> sourceFiles() {
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach(
        (name, text) ->
            files.add(
                new SimpleJavaFileObject(
                    URI.create("mem:///" + name.replace('.', '/') + ".java"),
                    JavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                  }
                }));
    return files;
  }
}
