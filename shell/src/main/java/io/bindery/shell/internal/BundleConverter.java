package io.bindery.shell.internal;

import java.util.stream.Stream;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Finds the bundle that a person means by its number, symbolic name or location: Felix' commands
 * about bundles ask for one, and only Gogo's own shell, which is not here, would find it.
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {
  private final BundleContext context;

  /**
   * A converter over all bundles.
   *
   * @param context any bundle's context
   */
  @Activate
  public BundleConverter(BundleContext context) {
    this.context = context;
  }

  @Override
  public @Nullable Object convert(Class<?> desiredType, Object in) {
    return desiredType == Bundle.class ? bundle(in.toString()) : null;
  }

  private @Nullable Bundle bundle(String text) {
    return text.matches("\\d{1,18}")
        ? context.getBundle(Long.parseLong(text))
        : Stream.of(context.getBundles())
            .filter(b -> text.equals(b.getSymbolicName()) || text.equals(b.getLocation()))
            .findFirst()
            .orElse(null);
  }

  @Override
  public @Nullable CharSequence format(Object target, int level, Converter escape) {
    return null; // a bundle is shown as it shows itself
  }
}
