package org.apache.ibatis.scripting.xmltags;

import org.apache.ibatis.io.Resources;
import org.apache.ibatis.ognl.ClassResolver;
import org.apache.ibatis.ognl.OgnlContext;

/**
 * Takes the place of MyBatis' class of this name, whose one map of names for the whole JVM gives a
 * bundle the equally named class of another one, and keeps loaders of removed bundles. This one
 * remembers nothing.
 */
public class OgnlClassResolver implements ClassResolver {
  /**
   * Loads a class through the loaders that MyBatis knows, the thread's context class loader before
   * its own.
   *
   * @param className the name as the expression has it; without a package one of {@code java.lang}
   */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // as the interface declares it
  public Class classForName(String className, OgnlContext context) throws ClassNotFoundException {
    try {
      return Resources.classForName(className);
    } catch (ClassNotFoundException e) {
      if (className.indexOf('.') < 0) {
        return Resources.classForName("java.lang." + className);
      }
      throw e;
    }
  }
}
