package io.bindery.mybatis.internal.model;

import io.bindery.mybatis.internal.session.Failures;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.One;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.builder.xml.XMLMapperEntityResolver;
import org.apache.ibatis.mapping.FetchType;
import org.apache.ibatis.parsing.XNode;
import org.apache.ibatis.parsing.XPathParser;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Looks through the XML and the annotations of mappers for what cannot work in a bundle, and for
 * the database ids that statements name.
 */
final class MapperScripts {
  private static final Pattern STATIC_ACCESS = Pattern.compile("@[\\w.$]*@\\w+");
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");
  private static final Set<String> EXPRESSIONS = Set.of("test", "value", "collection");

  private final Set<String> databaseIds = new TreeSet<>();
  private final List<String> problems;

  /**
   * A look that has seen nothing.
   *
   * @param problems what is wrong is added here, each with its place
   */
  MapperScripts(List<String> problems) {
    this.problems = problems;
  }

  /** The database ids that were seen. */
  Set<String> databaseIds() {
    return databaseIds;
  }

  /**
   * Looks through the XML of a mapper.
   *
   * @param mapper the interface beside which it lies
   * @param xml the file
   */
  void xml(Class<?> mapper, byte[] xml) {
    XPathParser parser =
        new XPathParser(new ByteArrayInputStream(xml), true, null, new XMLMapperEntityResolver());
    XNode root = parser.evalNode("/mapper");
    String namespace = root == null ? null : root.getStringAttribute("namespace");
    if (root == null || !mapper.getName().equals(namespace)) {
      problems.add(
          "'%s.xml': the namespace is '%s'; it must be '%s'"
              .formatted(mapper.getSimpleName(), namespace, mapper.getName()));
      return;
    }
    walk(root.getNode(), mapper.getSimpleName());
  }

  /**
   * Looks through the annotations of a mapper.
   *
   * @param mapper the interface
   */
  void annotations(Class<?> mapper) {
    for (Method method : MapperMethods.callable(mapper)) {
      String place = MapperMethods.nameOf(mapper, method);
      for (Annotation annotation : method.getAnnotations()) {
        annotation(annotation, place);
      }
    }
  }

  private void annotation(Annotation annotation, String place) {
    if (!annotation.annotationType().getName().startsWith("org.apache.ibatis.annotations.")) {
      return;
    }
    if (annotation instanceof Results results) {
      for (Result result : results.value()) {
        eager(result, place);
      }
      return;
    }
    Object value = member(annotation, "value");
    if (value instanceof String[] lines) {
      script(String.join(" ", lines), place);
    } else if (value instanceof Annotation[] repeated) {
      for (Annotation one : repeated) {
        annotation(one, place);
      }
    }
    if (member(annotation, "databaseId") instanceof String id && !id.isEmpty()) {
      databaseIds.add(id);
    }
  }

  private void eager(Result result, String place) {
    One one = result.one();
    Many many = result.many();
    if (one.fetchType() == FetchType.LAZY || many.fetchType() == FetchType.LAZY) {
      lazy(place, result.property());
    }
  }

  private void script(String text, String place) {
    if (!text.strip().startsWith("<script>")) {
      substitutions(text, place);
      return;
    }
    try {
      XNode root =
          new XPathParser(
                  new StringReader(text.strip()), false, null, new XMLMapperEntityResolver())
              .evalNode("/script");
      walk(root.getNode(), place);
    } catch (RuntimeException e) {
      problems.add("'%s': cannot read the <script>: %s".formatted(place, Failures.rootMessage(e)));
    }
  }

  private void walk(Node node, String place) {
    String here = place;
    NamedNodeMap attributes = node.getAttributes();
    if (attributes != null) {
      String id = attribute(attributes, "id");
      if (id != null
          && node.getParentNode() != null
          && "mapper".equals(node.getParentNode().getNodeName())) {
        here = place + "." + id;
      }
      for (String name : EXPRESSIONS) {
        expression(attribute(attributes, name), here);
      }
      String databaseId = attribute(attributes, "databaseId");
      if (databaseId != null) {
        databaseIds.add(databaseId);
      }
      if ("lazy".equals(attribute(attributes, "fetchType"))) {
        lazy(here, String.valueOf(attribute(attributes, "property")));
      }
    } else if (node.getNodeValue() != null) {
      substitutions(node.getNodeValue(), here);
    }
    NodeList children = node.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      walk(children.item(i), here);
    }
  }

  private void substitutions(String text, String place) {
    SUBSTITUTION.matcher(text).results().forEach(found -> expression(found.group(1), place));
  }

  private void expression(@Nullable String expression, String place) {
    if (expression != null && STATIC_ACCESS.matcher(expression).find()) {
      problems.add(
          ("'%s': the expression \"%s\" uses a static member of a class; give the value as a"
                  + " parameter instead")
              .formatted(place, expression.strip()));
    }
  }

  private void lazy(String place, String property) {
    problems.add(
        ("'%s': property '%s' is to be loaded lazily, but each call closes its session; use"
                + " fetchType eager or a join")
            .formatted(place, property));
  }

  private static @Nullable String attribute(NamedNodeMap attributes, String name) {
    Node attribute = attributes.getNamedItem(name);
    return attribute == null ? null : attribute.getNodeValue();
  }

  private static @Nullable Object member(Annotation annotation, String name) {
    try {
      return annotation.annotationType().getMethod(name).invoke(annotation);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
