package io.bindery.itests;

import java.nio.file.Path;
import java.util.Map;

/** A small model of a table of pets, for the bind {@code default}, in any version. */
final class PetModel {
  private PetModel() {}

  /**
   * Builds the jar.
   *
   * @param folder where to work
   * @param name the SQL expression of a pet's name
   */
  static Path build(Path folder, String version, String name) throws Exception {
    return ModelJar.build(
        folder,
        "demo.pets",
        version,
        Map.of(
            "demo/PetModel.java",
            """
            package demo;
            @org.osgi.service.component.annotations.Component
            public final class PetModel implements io.bindery.model.Model {
              @Override public java.util.List<Class<?>> mappers() {
                return java.util.List.of(PetMapper.class);
              }
            }
            """,
            "demo/Pet.java",
            "package demo; record Pet(int id, String name) {}",
            "demo/PetMapper.java",
            """
            package demo;
            interface PetMapper {
              @io.bindery.model.Source(name = "pets", key = "id")
              @org.apache.ibatis.annotations.Select("SELECT id, %s AS name FROM pets ORDER BY id")
              java.util.List<Pet> pets();
            }
            """
                .formatted(name)));
  }
}
