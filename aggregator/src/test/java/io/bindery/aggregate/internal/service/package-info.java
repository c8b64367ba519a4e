/** Tests of the aggregator with a real service registry. */
@NullMarked
package io.bindery.aggregate.internal.service;

import org.jspecify.annotations.NullMarked;
