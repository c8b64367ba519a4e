package io.bindery.mybatis.internal.model;

import io.bindery.model.Model;
import io.bindery.model.PreGrouped;
import io.bindery.mybatis.internal.session.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;

/** Reads what a model holds, and refuses it with every reason when it cannot work. */
public final class ModelReader {
  private final List<String> problems = new ArrayList<>();
  private final Model model;
  private final String name;
  private final String origin;
  private final BooleanSupplier compiled;

  private ModelReader(Model model, String name, String origin, BooleanSupplier compiled) {
    this.model = model;
    this.name = name;
    this.origin = origin;
    this.compiled = compiled;
  }

  /**
   * Reads a model.
   *
   * @param model the model; asked once for its mappers
   * @param name the model's name
   * @param origin its bundle, for the names of resources in messages
   * @param compiled whether rows are read by compiled readers; asked at each statement
   * @return code that can be called
   * @throws ModelRefusedException when it cannot work
   */
  public static ModelCode read(Model model, String name, String origin, BooleanSupplier compiled)
      throws ModelRefusedException {
    try {
      return new ModelReader(model, name, origin, compiled).read();
    } catch (LinkageError | RuntimeException e) {
      throw new ModelRefusedException(
          List.of(Failures.rootMessage(e) + ConfigurationBuilder.remedy(e)));
    }
  }

  private ModelCode read() throws ModelRefusedException {
    Map<Class<?>, byte[]> mappers = new LinkedHashMap<>();
    MapperScripts scripts = new MapperScripts(problems);
    for (Class<?> mapper : model.mappers()) {
      look(mapper, mappers, scripts);
    }
    if (mappers.isEmpty() && problems.isEmpty()) {
      problems.add("mappers() names no interface");
    }
    refuseIfWrong();
    ClassLoader loader = model.getClass().getClassLoader();
    ConfigurationBuilder builder = new ConfigurationBuilder(loader, origin, mappers, compiled);
    List<Configuration> configurations = configurations(builder, scripts);
    refuseIfWrong();
    StatementCheck statements = new StatementCheck(configurations, problems);
    mappers.keySet().forEach(statements::check);
    Map<String, SourceMethod> sources = sources(mappers);
    refuseIfWrong();
    return new ModelCode(name, loader, mappers.keySet(), sources, builder);
  }

  private void look(Class<?> mapper, Map<Class<?>, byte[]> mappers, MapperScripts scripts) {
    String simple = mapper.getSimpleName();
    try {
      if (!mapper.isInterface()) {
        problems.add("'%s': a mapper is an interface".formatted(simple));
      } else if (mapper.getClassLoader() != model.getClass().getClassLoader()) {
        problems.add("'%s': a mapper must lie in the bundle of its model".formatted(simple));
      } else {
        byte[] xml = xml(mapper);
        mappers.put(mapper, xml);
        scripts.annotations(mapper);
        if (xml.length > 0) {
          scripts.xml(mapper, xml);
        }
      }
    } catch (LinkageError | RuntimeException e) {
      problems.add(
          "'%s': %s%s".formatted(simple, Failures.rootMessage(e), ConfigurationBuilder.remedy(e)));
    }
  }

  /**
   * The configuration without a database id, and one for each that a statement names. Where some
   * are named there need be none without, as a mapper may be for one kind of database only.
   */
  private List<Configuration> configurations(ConfigurationBuilder builder, MapperScripts scripts) {
    List<Configuration> built = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    build(builder, null, built, scripts.databaseIds().isEmpty() ? problems : failures);
    for (String databaseId : scripts.databaseIds()) {
      build(builder, databaseId, built, problems);
    }
    return built;
  }

  private static void build(
      ConfigurationBuilder builder,
      @Nullable String databaseId,
      List<Configuration> built,
      List<String> failures) {
    try {
      built.add(builder.build(databaseId));
    } catch (LinkageError | RuntimeException e) {
      failures.add(Failures.rootMessage(e) + ConfigurationBuilder.remedy(e));
    }
  }

  private Map<String, SourceMethod> sources(Map<Class<?>, byte[]> mappers) {
    Map<String, SourceMethod> sources = new TreeMap<>();
    for (Class<?> mapper : mappers.keySet()) {
      for (Method method : MapperMethods.callable(mapper)) {
        if (method.isAnnotationPresent(PreGrouped.class)
            && MapperMethods.source(method).isEmpty()) {
          problems.add(
              "'%s': @PreGrouped without @Source; add @Source with a name"
                  .formatted(MapperMethods.nameOf(mapper, method)));
        }
        MapperMethods.source(method)
            .flatMap(it -> Optional.ofNullable(SourceReader.read(mapper, method, it, problems)))
            .ifPresent(source -> add(source, sources));
      }
    }
    Map<String, SourceMethod> read = new TreeMap<>(sources);
    if (problems.isEmpty()) { // else a source may be missing here that is only wrong
      sources.replaceAll((key, source) -> GroupingReader.read(source, read, problems));
    }
    return sources;
  }

  private void add(SourceMethod source, Map<String, SourceMethod> sources) {
    SourceMethod other = sources.putIfAbsent(source.shape().name(), source);
    if (other != null) {
      problems.add(
          "'%s' and '%s': both offer the source '%s'; rename one"
              .formatted(
                  MapperMethods.nameOf(other.mapper(), other.method()),
                  MapperMethods.nameOf(source.mapper(), source.method()),
                  source.shape().name()));
    }
  }

  private void refuseIfWrong() throws ModelRefusedException {
    if (!problems.isEmpty()) {
      throw new ModelRefusedException(problems);
    }
  }

  private static byte[] xml(Class<?> mapper) {
    String resource = mapper.getName().substring(mapper.getPackageName().length());
    try (InputStream in = mapper.getResourceAsStream(resource.replaceFirst("^\\.", "") + ".xml")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
