/**
 * Customers and what they paid in the public sample database Chinook; private, as all is read as
 * sources.
 */
@NullMarked
package io.bindery.models.chinook;

import org.jspecify.annotations.NullMarked;
