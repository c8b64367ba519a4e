package io.bindery.mybatis.internal.model;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the classes of a removed bundle out of OGNL's static caches, which would keep its class
 * loader for ever. OGNL has no way to do that, so its fields are read by reflection.
 */
final class OgnlSweep {
  private static final Logger LOG = LoggerFactory.getLogger(OgnlSweep.class);

  private OgnlSweep() {}

  /**
   * Forgets all classes of a loader.
   *
   * @param loader the class loader of a model that has stopped
   */
  static void forget(ClassLoader loader) {
    try {
      for (Map<?, ?> cache : caches()) {
        synchronized (cache) { // as OGNL does where it fills them
          cache.keySet().removeIf(key -> isOf(loader, key));
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("cannot clear the caches of OGNL; the classes of a removed model stay in memory", e);
    }
  }

  /** Every map in a static field of OgnlRuntime, or in an object that such a field holds. */
  private static List<Map<?, ?>> caches() throws ReflectiveOperationException {
    Class<?> runtime =
        SqlSession.class.getClassLoader().loadClass("org.apache.ibatis.ognl.OgnlRuntime");
    List<Map<?, ?>> found = new ArrayList<>();
    for (Field field : runtime.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        collect(read(field, null), 2, found);
      }
    }
    return found;
  }

  private static void collect(@Nullable Object holder, int depth, List<Map<?, ?>> found)
      throws IllegalAccessException {
    if (holder instanceof Map<?, ?> map) {
      found.add(map);
    } else if (depth > 0 && holder != null && isOgnl(holder.getClass())) {
      for (Class<?> type = holder.getClass(); isOgnl(type); type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            collect(read(field, holder), depth - 1, found);
          }
        }
      }
    }
  }

  /** Whether a key is a class or member of the loader, or holds one in its fields. */
  private static boolean isOf(ClassLoader loader, Object key) {
    if (key instanceof Class<?> type) {
      return componentOf(type).getClassLoader() == loader;
    }
    if (key instanceof Member member) {
      return member.getDeclaringClass().getClassLoader() == loader;
    }
    for (Class<?> type = key.getClass(); isOgnl(type); type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        boolean holds =
            Class.class == field.getType() || Executable.class.isAssignableFrom(field.getType());
        if (holds && !Modifier.isStatic(field.getModifiers())) {
          try {
            Object value = read(field, key);
            if (value != null && isOf(loader, value)) {
              return true;
            }
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
    return false;
  }

  private static Class<?> componentOf(Class<?> type) {
    return type.isArray() ? componentOf(type.getComponentType()) : type;
  }

  private static boolean isOgnl(Class<?> type) {
    return type.getName().startsWith("org.apache.ibatis.ognl.");
  }

  private static @Nullable Object read(Field field, @Nullable Object holder)
      throws IllegalAccessException {
    field.setAccessible(true);
    return field.get(holder);
  }
}
