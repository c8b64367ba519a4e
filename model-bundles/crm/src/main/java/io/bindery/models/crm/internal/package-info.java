/** What makes a model of the customers. */
@NullMarked
package io.bindery.models.crm.internal;

import org.jspecify.annotations.NullMarked;
