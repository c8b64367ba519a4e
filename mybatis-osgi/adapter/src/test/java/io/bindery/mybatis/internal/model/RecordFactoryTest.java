package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.ibatis.reflection.ReflectionException;
import org.apache.ibatis.reflection.factory.DefaultObjectFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records are made as MyBatis makes them, and refused with its words. */
final class RecordFactoryTest {
  private final RecordFactory factory = new RecordFactory();

  private record Pet(int id, @Nullable String name) {
    Pet {
      if (id < 0) {
        throw new IllegalArgumentException("id below 0");
      }
    }

    Pet(int id) {
      this(id, "nameless");
    }
  }

  private static List<Class<?>> types(Class<?>... types) {
    return List.of(types);
  }

  @Test
  void aPrivateRecordIsMadeByItsCanonicalConstructorAndByAnother() {
    assertThat(factory.create(Pet.class, types(int.class, String.class), Arrays.asList(1, null)))
        .isEqualTo(new Pet(1, null));
    assertThat(factory.create(Pet.class, types(int.class), List.of(2))).isEqualTo(new Pet(2));
  }

  @Test
  void whatTheConstructorRefusesIsToldInMybatisWords() {
    List<Class<?>> types = types(int.class, String.class);
    for (List<Object> values :
        List.of(List.<Object>of(-1, "Rex"), Arrays.<Object>asList(null, "Rex"))) {
      String expected = message(new DefaultObjectFactory(), types, values);
      assertThat(message(factory, types, values)).isEqualTo(expected);
    }
  }

  private static String message(
      DefaultObjectFactory factory, List<Class<?>> types, List<Object> values) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(() -> factory.create(Pet.class, types, values))
        .isInstanceOf(ReflectionException.class)
        .satisfies(e -> thrown[0] = e);
    return String.valueOf(thrown[0].getMessage());
  }
}
