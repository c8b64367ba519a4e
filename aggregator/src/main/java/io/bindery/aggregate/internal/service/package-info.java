/** The aggregator as an OSGi service. */
@NullMarked
package io.bindery.aggregate.internal.service;

import org.jspecify.annotations.NullMarked;
