package io.bindery.mybatis.internal.reading;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.javassist.bytecode.BadBytecode;
import org.apache.ibatis.javassist.bytecode.ClassFile;
import org.apache.ibatis.javassist.bytecode.CodeAttribute;
import org.apache.ibatis.javassist.bytecode.CodeIterator;
import org.apache.ibatis.javassist.bytecode.ConstPool;
import org.apache.ibatis.javassist.bytecode.Descriptor;
import org.apache.ibatis.javassist.bytecode.MethodInfo;
import org.apache.ibatis.javassist.bytecode.Opcode;
import org.apache.ibatis.type.EnumTypeHandler;
import org.apache.ibatis.type.TypeReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the values of a record's components are what its constructor is given: then a
 * row can be read without making the record. Looks at the code of the class, as nothing else tells.
 */
final class PlainRecord {
  private final Class<?> type;
  private final ClassFile file;
  private final ConstPool names;

  private PlainRecord(Class<?> type, ClassFile file) {
    this.type = type;
    this.file = file;
    this.names = file.getConstPool();
  }

  /**
   * Why rows must be made objects.
   *
   * @param constructor how objects are made
   * @return null when the values of the columns say all
   */
  static @Nullable String objection(ConstructorPlan constructor) {
    Class<?> type = constructor.type();
    if (!type.isRecord()) {
      return "its rows are no records";
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    if (!Arrays.equals(constructor.types(), types)) {
      return "they are made by a constructor that takes other values than the record has";
    }
    List<ColumnReader> arguments = constructor.arguments();
    for (int i = 0; i < types.length; i++) {
      if (!isOfItsType(arguments.get(i), types[i])) {
        return "the column of '%s' has a type handler of its own"
            .formatted(components[i].getName());
      }
    }
    return isPlain(type) ? null : "its record does more than hold what it is given";
  }

  private static boolean isOfItsType(ColumnReader reader, Class<?> type) {
    ColumnReader.BuiltIn builtIn = reader.builtIn();
    if (builtIn == null || !(builtIn.handler() instanceof TypeReference<?> handler)) {
      return false;
    }
    Type handled = handler.getRawType();
    return type.isEnum()
        ? handler.getClass() == EnumTypeHandler.class
        : handled == (type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type);
  }

  private static boolean isPlain(Class<?> type) {
    String resource = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream code = type.getResourceAsStream(resource)) {
      return code != null
          && new PlainRecord(type, new ClassFile(new DataInputStream(code))).isPlain();
    } catch (IOException | BadBytecode | RuntimeException e) {
      return false;
    }
  }

  private boolean isPlain() throws BadBytecode {
    RecordComponent[] components = type.getRecordComponents();
    StringBuilder parameters = new StringBuilder("(");
    for (RecordComponent component : components) {
      parameters.append(component.getType().descriptorString());
      MethodInfo accessor =
          method(component.getName(), "()" + component.getType().descriptorString());
      if (accessor == null || !returnsField(accessor, component)) {
        return false;
      }
    }
    MethodInfo constructor = method(MethodInfo.nameInit, parameters.append(")V").toString());
    return constructor != null && assignsFields(constructor, components);
  }

  private @Nullable MethodInfo method(String name, String descriptor) {
    return file.getMethods().stream()
        .filter(it -> it.getName().equals(name) && it.getDescriptor().equals(descriptor))
        .findFirst()
        .orElse(null);
  }

  private boolean returnsField(MethodInfo accessor, RecordComponent component) throws BadBytecode {
    CodeAttribute code = accessor.getCodeAttribute();
    CodeIterator steps = code.iterator();
    int load = steps.next();
    int get = steps.next();
    int end = steps.next();
    return steps.byteAt(load) == Opcode.ALOAD_0
        && steps.byteAt(get) == Opcode.GETFIELD
        && isField(steps.u16bitAt(get + 1), component)
        && isReturn(steps.byteAt(end))
        && !steps.hasNext();
  }

  private static boolean isReturn(int opcode) {
    return opcode >= Opcode.IRETURN && opcode <= Opcode.ARETURN;
  }

  private boolean isField(int reference, RecordComponent component) {
    return names.getFieldrefClassName(reference).equals(type.getName())
        && names.getFieldrefName(reference).equals(component.getName())
        && names.getFieldrefType(reference).equals(component.getType().descriptorString());
  }

  private boolean assignsFields(MethodInfo constructor, RecordComponent[] components)
      throws BadBytecode {
    CodeIterator steps = constructor.getCodeAttribute().iterator();
    int load = steps.next();
    int superclass = steps.next();
    if (steps.byteAt(load) != Opcode.ALOAD_0
        || steps.byteAt(superclass) != Opcode.INVOKESPECIAL
        || !names
            .getMethodrefClassName(steps.u16bitAt(superclass + 1))
            .equals("java.lang.Record")) {
      return false;
    }
    Set<RecordComponent> assigned = new HashSet<>();
    int step = steps.next();
    while (steps.byteAt(step) == Opcode.ALOAD_0) {
      int value = steps.next();
      int put = steps.next();
      RecordComponent component = atSlot(slot(steps, value), components);
      if (component == null
          || steps.byteAt(put) != Opcode.PUTFIELD
          || !isField(steps.u16bitAt(put + 1), component)) {
        return false;
      }
      assigned.add(component);
      step = steps.next();
    }
    return steps.byteAt(step) == Opcode.RETURN
        && !steps.hasNext()
        && assigned.size() == components.length;
  }

  /** The variable that an instruction loads, or -1 for another instruction. */
  private static int slot(CodeIterator steps, int at) {
    int opcode = steps.byteAt(at);
    if (opcode >= Opcode.ILOAD && opcode <= Opcode.ALOAD) {
      return steps.byteAt(at + 1);
    }
    return opcode >= Opcode.ILOAD_0 && opcode < Opcode.IALOAD ? (opcode - Opcode.ILOAD_0) % 4 : -1;
  }

  private static @Nullable RecordComponent atSlot(int wanted, RecordComponent[] components) {
    int slot = 1;
    for (RecordComponent component : components) {
      if (slot == wanted) {
        return component;
      }
      slot += Descriptor.dataSize(component.getType().descriptorString());
    }
    return null;
  }
}
