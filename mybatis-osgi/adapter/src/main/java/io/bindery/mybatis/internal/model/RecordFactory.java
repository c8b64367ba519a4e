package io.bindery.mybatis.internal.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.apache.ibatis.reflection.factory.DefaultObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes records by their canonical constructor, looked up once for each type. MyBatis looks it up
 * for each row and, where the record is not public, fails first and tries again. Safe for all
 * threads.
 */
@SuppressWarnings("serial") // MyBatis' interface for factories is; none is ever written
final class RecordFactory extends DefaultObjectFactory {
  private final transient ConcurrentMap<Class<?>, Canonical> known = new ConcurrentHashMap<>();

  private record Canonical(List<Class<?>> types, Constructor<?> constructor) {}

  @Override
  public <T> T create(
      Class<T> type, @Nullable List<Class<?>> types, @Nullable List<Object> values) {
    if (type.isRecord() && types != null && values != null) {
      Canonical canonical = known.computeIfAbsent(type, RecordFactory::canonical);
      if (canonical.types.equals(types)) {
        try {
          return type.cast(canonical.constructor.newInstance(values.toArray()));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
          return super.create(type, types, values); // fails as well, with MyBatis' words
        }
      }
    }
    return super.create(type, types, values);
  }

  private static Canonical canonical(Class<?> type) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new Canonical(List.of(types), constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has it", e);
    }
  }
}
